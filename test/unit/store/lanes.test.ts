import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { Lanes } from '#core/store/sqlite/lanes.ts'

describe('the lanes of writes', () => {
  let lanes: Lanes<string>
  let woken: number

  beforeEach(() => {
    jest.useFakeTimers()
    woken = 0
    lanes = new Lanes(() => {
      woken++
    })
  })
  afterEach(() => {
    jest.useRealTimers()
  })

  const addBulk = (count: number) => {
    for (let index = 0; index < count; index++) lanes.add('bulk', true)
  }
  const addOrder = () => lanes.add('order', false)

  it('take bulk by the hundred while no orders come', () => {
    addBulk(1_000)
    expect(lanes.isReady).toBe(true)
    expect(lanes.take().length).toBeGreaterThan(100)
  })

  it('take orders first, and only a few of bulk along with them', () => {
    addBulk(1_000)
    addOrder()
    const taken = lanes.take()
    expect(taken[0]).toBe('order')
    expect(taken.length).toBeLessThanOrEqual(10)
  })

  it('hold bulk until the order has written what follows, and tell when it may go on', () => {
    addOrder()
    lanes.take()
    addBulk(10)
    expect(lanes.isReady).toBe(false)
    jest.advanceTimersByTime(5)
    expect([lanes.isReady, woken]).toEqual([true, 1])
  })

  it('take less of bulk at once while orders come', () => {
    addOrder()
    lanes.take()
    addBulk(1_000)
    jest.advanceTimersByTime(5)
    expect(lanes.take().length).toBeLessThanOrEqual(20)
    jest.advanceTimersByTime(1_000)
    expect(lanes.take().length).toBeGreaterThan(100)
  })

  it('hold bulk no longer than a moment, however many orders come', () => {
    addBulk(1_000)
    let taken: string[] = []
    for (let ms = 0; ms < 50; ms += 2) {
      addOrder()
      taken = lanes.take()
      jest.advanceTimersByTime(2)
    }
    addOrder()
    expect(taken.length).toBeLessThan(10)
    expect(lanes.take().length).toBeGreaterThan(10)
    addOrder()
    expect(lanes.take().length).toBeLessThan(10)
  })

  it('hold nothing once the end is near, and leave no timer', () => {
    addOrder()
    addBulk(10)
    lanes.open()
    expect([lanes.take().length, jest.getTimerCount()]).toEqual([11, 0])
    addBulk(1)
    expect([lanes.isReady, jest.getTimerCount()]).toEqual([true, 0])
  })
})
