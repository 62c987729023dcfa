import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import fc from 'fast-check'
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

  const takesBulk = () => lanes.take().includes('bulk')

  it('take bulk while no order is on its way, and again first what was given back', () => {
    for (const one of ['a', 'b', 'c']) lanes.add(one, true)
    expect(lanes.isReady).toBe(true)
    const taken = lanes.take()
    lanes.add('d', true)
    lanes.giveBack(taken.slice(1))
    expect(lanes.take()).toEqual(['b', 'c', 'd'])
  })

  it('take orders alone, for whatever goes along with them is on their way six times', () => {
    addBulk(1_000)
    for (let write = 0; write < 6; write++) {
      addOrder()
      expect(lanes.take()).toEqual(['order'])
      jest.advanceTimersByTime(1)
    }
  })

  it('hold bulk until the order has written what follows, and tell when it may go on', () => {
    addOrder()
    lanes.take()
    addBulk(10)
    expect(lanes.isReady).toBe(false)
    jest.advanceTimersByTime(5)
    expect([lanes.isReady, woken]).toEqual([true, 1])
  })

  it('hold bulk no longer than a moment, however many orders come', () => {
    addBulk(10_000)
    const times: number[] = []
    for (let ms = 0; ms < 40; ms++) {
      addOrder()
      if (takesBulk()) times.push(ms)
      jest.advanceTimersByTime(1)
    }
    expect(times).toEqual([12, 25, 38])
  })

  it('count that moment from when bulk last went through', () => {
    addOrder()
    lanes.take()
    addBulk(1_000)
    jest.advanceTimersByTime(5)
    expect(takesBulk()).toBe(true)
    for (let ms = 5; ms < 17; ms++) {
      addOrder()
      expect(lanes.take()).toEqual(['order'])
      jest.advanceTimersByTime(1)
    }
    expect(takesBulk()).toBe(true)
  })

  it('let every waiting write through in the end, whatever comes when', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('order', 'bulk', 'pass'), { maxLength: 200 }), events => {
        const told = new Lanes<string>(() => undefined)
        let left = 0
        for (const event of events) {
          if (event === 'pass') jest.advanceTimersByTime(1)
          else told.add(event, event === 'bulk')
          left += event === 'pass' ? 0 : 1
          if (told.isReady) left -= told.take().length
        }
        for (let ms = 0; left > 0 && ms < 1_000; ms++) {
          told.add('order', false)
          left += 1 - told.take().length
          jest.advanceTimersByTime(1)
        }
        told.open()
        expect(left).toBe(0)
      }),
    )
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
