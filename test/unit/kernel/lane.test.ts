import { describe, expect, it } from '@jest/globals'
import { BULK_PRIORITY, inLaneOf, isBulk } from '#core/kernel/lane.ts'

describe('the lane', () => {
  it('travels with the work through whatever it waits for', async () => {
    const wait = () => new Promise(resolve => setImmediate(resolve))
    const look = async () => {
      await wait()
      return isBulk()
    }
    expect(await Promise.all([inLaneOf(BULK_PRIORITY, look), inLaneOf(BULK_PRIORITY - 1, look)])).toEqual([
      true,
      false,
    ])
  })

  it('is express for what nobody gave a priority, and for orders that bulk work wakes', () => {
    expect(isBulk()).toBe(false)
    expect(inLaneOf(40, () => inLaneOf(10, isBulk))).toBe(false)
  })
})
