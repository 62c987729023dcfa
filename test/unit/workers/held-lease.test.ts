import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Store } from '#core/contracts/store.ts'
import { ManualClock } from '#core/kernel/clock.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { underLease } from '#workers/poller/held-lease.ts'

const MINUTE = 60_000

let clock: ManualClock
let store: Store

beforeEach(async () => {
  clock = new ManualClock()
  store = await openSqliteStore({ url: ':memory:', engine: true })
})
afterEach(() => store.close())

const by = (owner: string, work: () => Promise<number>) =>
  underLease({ store, clock, owner, onLost: thrown => expect(thrown).toBeUndefined() }, 'poll', work)

describe('work under a lease', () => {
  it('is not done by another process before it is due again', async () => {
    expect(await by('a', async () => 5 * MINUTE)).toBe(5 * MINUTE)
    await clock.advance(5 * MINUTE - 1)
    expect(await by('b', async () => 0)).toBeNull()
    await clock.advance(1)
    expect(await by('b', async () => 7)).toBe(7)
  })

  it('keeps its lease for as long as it takes', async () => {
    const end = Promise.withResolvers<number>()
    const long = by('a', () => end.promise)
    for (let n = 0; n < 12; n++) {
      await clock.advance(MINUTE / 4)
      expect(await by('b', async () => 0)).toBeNull()
    }
    end.resolve(0)
    await long
  })

  it('may be taken over at once where it ended early or failed', async () => {
    expect(await by('a', async () => 0)).toBe(0)
    await expect(by('b', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(await by('c', async () => 1)).toBe(1)
  })
})
