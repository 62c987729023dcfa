import { HubError } from '#core/errors/hub-error.ts'
import type { Clock } from '#core/kernel/clock.ts'

const WINDOW_MS = 60_000
const MOST_FAILURES = 20
const MOST_ADDRESSES = 10_000

/** Counts refused credentials by address in fixed windows; the oldest address goes when there are too many. */
export interface Failures {
  /** Throws while the address is over the bound. */
  check(address: string): void
  add(address: string): void
}

export function createFailures(clock: Clock): Failures {
  const byAddress = new Map<string, { since: number; count: number }>()

  return {
    check(address) {
      const seen = byAddress.get(address)
      if (!seen || seen.count < MOST_FAILURES) return
      const left = seen.since + WINDOW_MS - clock.now()
      if (left > 0) throw new HubError('TOO_MANY_FAILURES', { retryAfterMs: left })
      byAddress.delete(address)
    },
    add(address) {
      const now = clock.now()
      const seen = byAddress.get(address)
      if (seen && now < seen.since + WINDOW_MS) {
        seen.count += 1
        return
      }
      byAddress.delete(address)
      if (byAddress.size >= MOST_ADDRESSES) byAddress.delete(byAddress.keys().next().value!)
      byAddress.set(address, { since: now, count: 1 })
    },
  }
}
