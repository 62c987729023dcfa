import type { Upkeep } from '../contracts/store.ts'
import { HubError } from '../errors/hub-error.ts'
import type { Clock } from '../kernel/clock.ts'

/** Lets work in while the inbox can hold it. Asked before anything of a request is read, and by polls before a page. */
export interface Gate {
  /** Throws or rejects with `INBOX_FULL`; otherwise the way is free. Synchronous while the last count is fresh. */
  check(): void | Promise<void>
}

export interface GateOptions {
  upkeep: Pick<Upkeep, 'pendingMessages'>
  clock: Pick<Clock, 'now'>
  /** Closes at this many messages not yet translated. */
  highWater: number
  /** Opens again below this share of it, so that it does not flutter at the mark. */
  reopenAt?: number
  /** What the partner is told to wait. */
  retryAfterMs?: number
}

/** A count older than this is taken again. */
const FRESH_MS = 250

export function createGate({
  upkeep,
  clock,
  highWater,
  reopenAt = 0.8,
  retryAfterMs = 10_000,
}: GateOptions): Gate {
  let closed = false
  let freshUntil = Number.NEGATIVE_INFINITY
  let counting: Promise<void> | null = null

  const count = async (): Promise<void> => {
    const pending = await upkeep.pendingMessages()
    closed = pending >= (closed ? highWater * reopenAt : highWater)
    freshUntil = clock.now() + FRESH_MS
  }

  const pass = (): void => {
    if (closed)
      throw new HubError('INBOX_FULL', {
        retryAfterMs,
        detail: `At least ${highWater * reopenAt} messages wait.`,
      })
  }

  return {
    check() {
      if (clock.now() < freshUntil) return pass()
      counting ??= count().finally(() => {
        counting = null
      })
      return counting.then(pass)
    },
  }
}
