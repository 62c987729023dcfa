import { type Clock, sleep } from '../kernel/clock.ts'
import type { Locks } from './shared-state.ts'

/** One thing to refresh, in the caller's words: usually the credentials of a connection. */
export interface Refresh<T> {
  /** The same in every process. */
  name: string
  /** As the store has it now: never from a cache. */
  read(): Promise<T>
  /** Good enough to go on with; for a call that was refused: another one than it used. */
  isFresh(present: T): boolean
  /** Asks the partner. */
  refresh(present: T): Promise<T>
  /**
   * Stores it unless the store has a greater fence: then false, because a later holder of the lock has written. Tokens
   * of partners are often single-use, so the later one is the one that works.
   */
  write(refreshed: T, fence: number): Promise<boolean>
}

/** Of any number of callers in any number of processes, one refreshes; all resolve with what it got. */
export type RefreshOnce = <T>(what: Refresh<T>) => Promise<T>

export interface RefreshOnceOptions {
  locks: Locks
  clock: Clock
  random: () => number
  /** Longer than a refresh may take. A holder that dies keeps the others waiting for so long. */
  ttlMs?: number
}

/** How often those who wait look whether the new one is there. */
const LOOK_MS = 100

export function createRefreshOnce({ locks, clock, random, ttlMs = 30_000 }: RefreshOnceOptions): RefreshOnce {
  const underWay = new Map<string, Promise<unknown>>()

  async function refreshUnderLock<T>(what: Refresh<T>, fence: number): Promise<T> {
    // Between the look before and the lock, another holder may have done it.
    const present = await what.read()
    if (what.isFresh(present)) return present
    const refreshed = await what.refresh(present)
    return (await what.write(refreshed, fence)) ? refreshed : what.read()
  }

  async function run<T>(what: Refresh<T>): Promise<T> {
    for (;;) {
      const present = await what.read()
      if (what.isFresh(present)) return present
      const lock = await locks.acquire(what.name, ttlMs)
      if ('token' in lock) {
        try {
          return await refreshUnderLock(what, lock.token)
        } finally {
          await locks.release(what.name, lock.token)
        }
      }
      await sleep(clock, Math.min(lock.waitMs, LOOK_MS * (1 + random())))
    }
  }

  return <T>(what: Refresh<T>): Promise<T> => {
    const known = underWay.get(what.name) as Promise<T> | undefined
    if (known) return known
    const mine = run(what).finally(() => underWay.delete(what.name))
    underWay.set(what.name, mine)
    return mine
  }
}
