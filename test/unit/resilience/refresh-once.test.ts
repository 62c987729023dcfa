import { beforeEach, describe, expect, it } from '@jest/globals'
import { ManualClock } from '#core/kernel/clock.ts'
import { createEmbeddedState } from '#core/resilience/embedded/embedded-state.ts'
import { createRefreshOnce, type Refresh } from '#core/resilience/refresh-once.ts'
import type { SharedState } from '#core/resilience/shared-state.ts'

interface Credentials {
  token: string
}

let clock: ManualClock
let shared: SharedState
let stored: Credentials & { fence: number }
let refreshes: number

beforeEach(() => {
  clock = new ManualClock()
  shared = createEmbeddedState(clock)
  stored = { token: 'expired', fence: 0 }
  refreshes = 0
})

/** What one process has: its own single flight, the same locks. */
const process = (ttlMs = 1_000) => createRefreshOnce({ locks: shared.locks, clock, random: () => 0, ttlMs })

/** A partner whose refresh takes so long and gives this. */
const refreshOf = (ms: number, gives: () => string): Refresh<Credentials> => ({
  name: 'shop',
  read: async () => stored,
  isFresh: ({ token }) => token !== 'expired',
  async refresh() {
    refreshes += 1
    const token = gives()
    await new Promise<void>(resolve => void clock.timer(ms, resolve))
    return { token }
  },
  async write({ token }, fence) {
    if (fence <= stored.fence) return false
    stored = { token, fence }
    return true
  },
})

describe('a refresh', () => {
  it('happens once for 50 callers in each of 4 processes, and all get what it brought', async () => {
    const what = refreshOf(300, () => `fresh${refreshes}`)
    const all = [1, 2, 3, 4]
      .map(() => process())
      .flatMap(refreshOnce => Array.from({ length: 50 }, () => refreshOnce(what)))
    await clock.advance(1_000)
    const tokens = new Set((await Promise.all(all)).map(({ token }) => token))
    expect(refreshes).toBe(1)
    expect([...tokens]).toEqual(['fresh1'])
  })

  it('does not happen when what is stored is fresh', async () => {
    stored = { token: 'by another', fence: 1 }
    expect(await process()(refreshOf(0, () => 'unneeded'))).toMatchObject({ token: 'by another' })
    expect(refreshes).toBe(0)
  })

  it('does not happen when another brought it between the look and the lock', async () => {
    const { locks } = shared
    const late = createRefreshOnce({
      locks: {
        ...locks,
        acquire(name, ttlMs) {
          stored = { token: 'by another', fence: 1 }
          return locks.acquire(name, ttlMs)
        },
      },
      ...{ clock, random: () => 0 },
    })
    expect(await late(refreshOf(0, () => 'unneeded'))).toMatchObject({ token: 'by another' })
    expect(refreshes).toBe(0)
  })

  it('happens again after a holder that died, when its time is up', async () => {
    void process()(refreshOf(3_600_000, () => 'never'))
    await clock.advance(0)
    const second = process()(refreshOf(0, () => 'second'))
    await clock.advance(999)
    expect(refreshes).toBe(1)
    await clock.advance(200)
    expect(await second).toEqual({ token: 'second' })
  })

  it('of a slow holder never overwrites that of a later one: it takes over the newer', async () => {
    const slow = process()(refreshOf(5_000, () => 'slow'))
    await clock.advance(1_000)
    const later = process()(refreshOf(10, () => 'later'))
    await clock.advance(10_000)
    expect(await later).toEqual({ token: 'later' })
    expect(await slow).toMatchObject({ token: 'later' })
    expect(stored.token).toBe('later')
  })

  it('that fails is told to all of its process, and the next caller tries again at once', async () => {
    const refreshOnce = process()
    const failing: Refresh<Credentials> = {
      ...refreshOf(0, () => ''),
      refresh: async () => {
        throw new Error('refused')
      },
    }
    const both = await Promise.allSettled([refreshOnce(failing), refreshOnce(failing)])
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    const again = refreshOnce(refreshOf(0, () => 'fresh'))
    await clock.advance(1)
    expect(await again).toEqual({ token: 'fresh' })
  })
})
