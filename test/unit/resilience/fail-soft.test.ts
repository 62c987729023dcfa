import { beforeEach, describe, expect, it } from '@jest/globals'
import { ManualClock } from '#core/kernel/clock.ts'
import { createEmbeddedState } from '#core/resilience/embedded/embedded-state.ts'
import { failSoft } from '#core/resilience/fail-soft.ts'
import type { SharedState, TakeRequest } from '#core/resilience/shared-state.ts'

const REQUEST: TakeRequest = {
  ...{ account: 'acme', bucket: 'calls', capacity: 100, refillPerSecond: 10 },
  ...{ operation: 'get', cost: 5, rank: 0, floor: 0 },
}

let clock: ManualClock
let down: boolean
let asked: number
let told: string[]
let state: SharedState

beforeEach(() => {
  clock = new ManualClock()
  down = false
  asked = 0
  told = []
  const shared = createEmbeddedState(clock)
  const answering: SharedState = {
    ...shared,
    buckets: {
      learn: lesson => shared.buckets.learn(lesson),
      async take(request) {
        asked += 1
        if (down) throw new Error('away')
        return shared.buckets.take(request)
      },
    },
  }
  state = failSoft({
    ...{ shared: answering, local: createEmbeddedState(clock), clock },
    onOutage: () => told.push('outage'),
    onRecovery: () => told.push('recovery'),
  })
})

/** How many calls are granted at this moment. */
async function granted(): Promise<number> {
  let count = 0
  while ((await state.buckets.take(REQUEST)).waitMs === 0) count += 1
  return count
}

describe('shared state that is away', () => {
  it('leaves each process a fifth of the limit', async () => {
    down = true
    expect(await granted()).toBe(4)
    await clock.advance(5_000)
    expect(await granted()).toBe(2)
  })

  it('is reported once per outage, and asked again once a second', async () => {
    down = true
    await granted()
    await granted()
    expect([asked, told]).toEqual([1, ['outage']])
    await clock.advance(1_000)
    await granted()
    expect([asked, told]).toEqual([2, ['outage']])
    down = false
    await clock.advance(1_000)
    expect(await granted()).toBe(20)
    expect(told).toEqual(['outage', 'recovery'])
  })

  it('keeps locks and circuits of this process', async () => {
    down = true
    await granted()
    expect(await state.locks.acquire('shop', 1_000)).toHaveProperty('token')
    expect(await state.locks.acquire('shop', 1_000)).toEqual({ waitMs: 1_000 })
    await state.circuits.open('erp', 500)
    expect(await state.circuits.trial('erp', 500)).toBe(false)
  })
})
