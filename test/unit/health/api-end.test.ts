import { describe, expect, it } from '@jest/globals'
import { apiEnd } from '#core/health/api-end.ts'

const NOW = Date.UTC(2026, 10, 21, 12)

describe('the end of a partner’s API version', () => {
  it.each([
    [undefined, 'open', null],
    ['2027-10-01', 'later', 314],
    ['2027-02-19', 'later', 90],
    ['2027-02-18', 'soon', 89],
    ['2026-11-22', 'soon', 1],
    ['2026-11-21', 'ended', 0],
    ['2026-01-01', 'ended', -324],
  ])('on %s is %s, %s days away', (sunset, status, daysLeft) => {
    const end = apiEnd(sunset, NOW)
    expect([end.status, end.daysLeft]).toEqual([status, daysLeft])
  })
})
