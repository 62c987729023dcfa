import { describe, expect, it } from '@jest/globals'
import { offsetAt, shopTime } from '#connectors/storefronts/shopify/shop-time.ts'

describe('the time of the shop', () => {
  it.each([
    ['America/New_York', '2026-01-15T12:00:00Z', '2026-01-15T07:00:00-05:00'],
    ['America/New_York', '2026-07-15T12:00:00Z', '2026-07-15T08:00:00-04:00'],
    ['Asia/Kolkata', '2026-01-15T23:00:00Z', '2026-01-16T04:30:00+05:30'],
    ['Etc/UTC', '2026-01-15T12:00:00Z', '2026-01-15T12:00:00+00:00'],
  ])('in %s follows its clock', (zone, instant, local) => {
    expect(shopTime(zone, Date.parse(instant))).toBe(local)
  })

  it('is not guessed for a zone that does not exist', () => {
    expect(() => offsetAt('Mars/Olympus', 0)).toThrow(RangeError)
  })
})
