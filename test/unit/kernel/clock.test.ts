import { describe, expect, it } from '@jest/globals'
import { ManualClock, sleep, systemClock } from '#core/kernel/clock.ts'

describe('ManualClock', () => {
  it('stands still until it is moved', async () => {
    const clock = new ManualClock(1_000)
    expect(clock.now()).toBe(1_000)
    await clock.advance(250)
    expect(clock.now()).toBe(1_250)
  })

  it('fires the timers due within a move in the order of their times, each at its own time', async () => {
    const clock = new ManualClock(0)
    const fired: [string, number][] = []
    const note = (name: string) => () => void fired.push([name, clock.now()])
    clock.timer(300, note('late'))
    clock.timer(100, note('early'))
    clock.timer(400, note('beyond'))
    await clock.advance(300)
    expect(fired).toEqual([
      ['early', 100],
      ['late', 300],
    ])
  })

  it('fires timers that a timer sets, where they fall within the move', async () => {
    const clock = new ManualClock(0)
    const fired: number[] = []
    const tick = () => {
      fired.push(clock.now())
      clock.timer(10, tick)
    }
    clock.timer(10, tick)
    await clock.advance(35)
    expect(fired).toEqual([10, 20, 30])
  })

  it('does not fire what was cancelled', async () => {
    const clock = new ManualClock(0)
    let fired = false
    clock.timer(10, () => {
      fired = true
    })()
    await clock.advance(20)
    expect(fired).toBe(false)
  })
})

describe('sleep', () => {
  it('ends when its time has come', async () => {
    const clock = new ManualClock(0)
    let awake = false
    const slept = sleep(clock, 1_000).then(() => {
      awake = true
    })
    await clock.advance(999)
    expect(awake).toBe(false)
    await clock.advance(1)
    await slept
    expect(awake).toBe(true)
  })

  it('rejects with the reason of the signal, before and during, and leaves no timer', async () => {
    const clock = new ManualClock(0)
    await expect(sleep(clock, 10, AbortSignal.abort('early'))).rejects.toBe('early')
    const during = new AbortController()
    const slept = sleep(clock, 10, during.signal)
    during.abort('during')
    await expect(slept).rejects.toBe('during')
    await clock.advance(20)
  })
})

describe('systemClock', () => {
  it('takes delays that setTimeout does not', () => {
    const cancel = systemClock.timer(2 ** 40, () => {
      throw new Error('It fired at once.')
    })
    cancel()
    expect(systemClock.now()).toBeGreaterThan(Date.UTC(2024, 0))
  })
})
