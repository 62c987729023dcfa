import { type Clock, sleep } from '../../kernel/clock.ts'
import type { Locks } from '../../resilience/shared-state.ts'
import { lockOf } from './tokens.ts'

/** One at a time, over all processes, writes the credentials of a connection; the fence proves the order to the store. */
export type UnderLock = <T>(connection: string, work: (fence?: number) => Promise<T>) => Promise<T>

const TTL_MS = 30_000
const LOOK_MS = 100

export const createUnderLock =
  ({ locks, clock }: { locks: Locks; clock: Clock }): UnderLock =>
  async (connection, work) => {
    const name = lockOf(connection)
    for (;;) {
      const lock = await locks.acquire(name, TTL_MS)
      if ('token' in lock) {
        try {
          return await work(lock.token)
        } finally {
          await locks.release(name, lock.token)
        }
      }
      await sleep(clock, Math.min(lock.waitMs, LOOK_MS))
    }
  }
