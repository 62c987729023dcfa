import { expect, it } from '@jest/globals'
import type { SharedState } from '#core/resilience/shared-state.ts'
import type { Subject } from '../shared-state.suite.ts'

export function locksSuite(subject: Subject): void {
  async function tokenOf(name: string, ttlMs: number, state: SharedState): Promise<number> {
    const lock = await state.locks.acquire(name, ttlMs)
    return 'token' in lock ? lock.token : 0
  }
  const here = (name = 'shop', ttlMs = 1_000) => tokenOf(name, ttlMs, subject.state)
  const there = (name = 'shop', ttlMs = 1_000) => tokenOf(name, ttlMs, subject.other)

  it('is given to one of all who ask at once', async () => {
    const tokens = await Promise.all(Array.from({ length: 20 }, (_, at) => (at % 2 ? here() : there())))
    expect(tokens.filter(token => token > 0)).toHaveLength(1)
  })

  it('tells the others how long its holder has it at most', async () => {
    await here()
    subject.advance(400)
    expect(await subject.other.locks.acquire('shop', 1_000)).toEqual({ waitMs: 600 })
    expect(await subject.other.locks.acquire('other', 1_000)).toHaveProperty('token')
  })

  it('is free again when its holder lets go or its time is up, each time with a greater token', async () => {
    const first = await here()
    await subject.state.locks.release('shop', first)
    const second = await there()
    subject.advance(1_000)
    const third = await here()
    expect(first).toBeLessThan(second)
    expect(second).toBeLessThan(third)
  })

  it('is not let go by a holder whose time was up', async () => {
    const late = await here()
    subject.advance(1_000)
    await there()
    await subject.state.locks.release('shop', late)
    expect(await here()).toBe(0)
  })
}
