import type { Leases } from '#core/contracts/store.ts'
import type { Clock } from '#core/kernel/clock.ts'

export interface LeaseDeps {
  store: { leases: Leases }
  clock: Clock
  owner: string
  /** A renewal failed: somebody else may take the lease before the work has ended. */
  onLost(thrown: unknown): void
}

/** A process that died holds others up no longer than this. */
const LEASE_MS = 60_000
const RENEW_MS = LEASE_MS / 3

/**
 * Runs the work under a lease that is renewed while it runs. What it resolves with is how long the lease stays held
 * afterwards: nobody else does the same again before that. Null while another process holds it.
 */
export async function underLease(
  { store, clock, owner, onLost }: LeaseDeps,
  name: string,
  work: () => Promise<number>,
): Promise<number | null> {
  const hold = (ms: number) => store.leases.acquire(name, owner, clock.now(), clock.now() + ms)
  if (!(await hold(LEASE_MS))) return null
  let cancel = (): void => undefined
  const renewLater = (): void => {
    cancel = clock.timer(RENEW_MS, () => {
      hold(LEASE_MS).catch(onLost)
      renewLater()
    })
  }
  renewLater()
  let holdMs = 0
  try {
    holdMs = await work()
    return holdMs
  } finally {
    cancel()
    await (holdMs > 0 ? hold(holdMs) : store.leases.release(name, owner))
  }
}
