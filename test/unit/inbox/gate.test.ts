import { describe, expect, it } from '@jest/globals'
import { createGate } from '#core/inbox/gate.ts'
import { ManualClock } from '#core/kernel/clock.ts'

function gateOver(pending: { now: number; fails?: boolean }) {
  const clock = new ManualClock()
  let counts = 0
  const upkeep = {
    async pendingMessages() {
      counts++
      if (pending.fails) throw new Error('store down')
      return pending.now
    },
  }
  const gate = createGate({ upkeep, clock, highWater: 100, retryAfterMs: 7_000 })
  const isOpen = async () => {
    await clock.advance(250)
    return Promise.resolve(gate.check()).then(
      () => true,
      error => (error.code === 'INBOX_FULL' ? false : Promise.reject(error)),
    )
  }
  return { gate, clock, isOpen, counts: () => counts }
}

describe('the gate of the inbox', () => {
  it('closes at the high-water mark and opens again only well below it', async () => {
    const pending = { now: 99 }
    const { isOpen } = gateOver(pending)
    const seen: [number, boolean][] = []
    for (const now of [99, 100, 99, 80, 79, 99, 100, 500]) {
      pending.now = now
      seen.push([now, await isOpen()])
    }
    expect(seen).toEqual([
      [99, true],
      [100, false],
      [99, false],
      [80, false],
      [79, true],
      [99, true],
      [100, false],
      [500, false],
    ])
  })

  it('says how long to wait', async () => {
    const { gate } = gateOver({ now: 100 })
    await expect(gate.check()).rejects.toMatchObject({ code: 'INBOX_FULL', retryAfterMs: 7_000 })
    expect(() => gate.check()).toThrow(expect.objectContaining({ code: 'INBOX_FULL' }))
  })

  it('counts at most four times a second, and once for callers at the same time', async () => {
    const { gate, clock, counts } = gateOver({ now: 0 })
    await Promise.all([gate.check(), gate.check()])
    await clock.advance(249)
    expect(gate.check()).toBeUndefined()
    expect(counts()).toBe(1)
    await clock.advance(1)
    await gate.check()
    expect(counts()).toBe(2)
  })

  it('passes on that the store does not answer, and asks again next time', async () => {
    const pending = { now: 0, fails: true }
    const { gate } = gateOver(pending)
    await expect(gate.check()).rejects.toThrow('store down')
    pending.fails = false
    await expect(gate.check()).resolves.toBeUndefined()
  })
})
