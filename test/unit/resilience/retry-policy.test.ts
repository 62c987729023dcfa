import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { type ErrorRow, REGISTER } from '#core/errors/register.ts'
import { budgetLeft, nextDelayMs } from '#core/resilience/retry-policy.ts'

const HOUR = 3_600_000
const CAP = 600_000
const DAY = 24 * HOUR

const rows: ErrorRow[] = Object.values(REGISTER)
const anyRow = fc.constantFrom(...rows)
const spent = fc.integer({ min: 0, max: 5_000 })
const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('nextDelayMs', () => {
  it('is a whole, finite, positive-or-zero time under the cap for every row and count', () => {
    fc.assert(
      fc.property(anyRow, spent, unit, (row, count, random) => {
        const delay = nextDelayMs(row, count, () => random)
        expect(Number.isSafeInteger(delay)).toBe(true)
        expect(delay).toBeGreaterThanOrEqual(0)
        expect(delay).toBeLessThanOrEqual(CAP)
      }),
    )
  })

  it('never comes back before Retry-After, nor much later than it or the back-off', () => {
    fc.assert(
      fc.property(anyRow, spent, unit, fc.integer({ min: 1, max: DAY }), (row, count, random, asked) => {
        const delay = nextDelayMs(row, count, () => random, asked)
        expect(delay).toBeGreaterThanOrEqual(asked)
        expect(delay).toBeLessThanOrEqual(Math.max(CAP, Math.ceil(asked * 1.1)))
      }),
    )
  })

  it.each([Number.POSITIVE_INFINITY, 1e15])('takes a Retry-After of %p for a mistake beyond a day', asked => {
    expect(nextDelayMs(REGISTER.PARTNER_THROTTLED, 0, () => 0, asked)).toBe(DAY)
  })

  it('doubles with every failure up to the cap, and jitters over the whole of it', () => {
    const row = REGISTER.PARTNER_FAILED
    const most = (count: number) => nextDelayMs(row, count, () => 0.999_999)
    expect([0, 1, 2, 3, 9, 10, 50].map(most)).toEqual([500, 1_000, 2_000, 4_000, 256_000, 512_000, CAP])
    expect(nextDelayMs(row, 9, () => 0)).toBe(0)
    expect(nextDelayMs(row, 9, () => 0.5)).toBe(128_000)
  })

  it('rests at least a second where waiting costs no attempt', () => {
    fc.assert(
      fc.property(unit, random => {
        expect(nextDelayMs(REGISTER.PARTNER_THROTTLED, 0, () => random)).toBeGreaterThanOrEqual(1_000)
      }),
    )
  })
})

describe('budgetLeft', () => {
  it('ends at the count and at the age of the row, whichever comes first', () => {
    const row = { ...REGISTER.UNEXPECTED, attempts: 8, hours: 24 }
    expect(budgetLeft(row, 7, 24 * HOUR - 1)).toBe(true)
    expect(budgetLeft(row, 8, 0)).toBe(false)
    expect(budgetLeft(row, 0, 24 * HOUR)).toBe(false)
  })

  it('never comes back once it is used up', () => {
    fc.assert(
      fc.property(
        anyRow,
        spent,
        fc.integer({ min: 0, max: 200 * HOUR }),
        fc.nat(100),
        fc.nat(HOUR),
        (row, count, age, more, later) => {
          if (!budgetLeft(row, count, age)) expect(budgetLeft(row, count + more, age + later)).toBe(false)
        },
      ),
    )
  })

  it('waits for a partner that is down by age, not by count: three days of tries fit', () => {
    const row = REGISTER.PARTNER_UNREACHABLE
    let age = 0
    let count = 0
    while (budgetLeft(row, count, age)) age += nextDelayMs(row, count++, () => 0.5)
    expect(age).toBeGreaterThanOrEqual(72 * HOUR)
  })

  it('gives retries without a budget of their own twelve sends in a day', () => {
    const row: ErrorRow = { recovery: 'retry', fault: 'hub', message: '', fix: '' }
    expect([budgetLeft(row, 11, 0), budgetLeft(row, 12, 0), budgetLeft(row, 0, DAY)]).toEqual([
      true,
      false,
      false,
    ])
  })

  it('does not give up what waits or is held, unless the row says so', () => {
    expect(budgetLeft(REGISTER.PARTNER_THROTTLED, 1e6, 1_000 * HOUR)).toBe(true)
    expect(budgetLeft(REGISTER.UNAUTHORIZED, 1e6, 1_000 * HOUR)).toBe(true)
    expect(budgetLeft(REGISTER.DEPENDENCY_WAIT, 0, 72 * HOUR)).toBe(false)
  })

  it('has none for what is not tried again', () => {
    for (const row of rows.filter(
      ({ recovery }) => recovery === 'park' || recovery === 'skip' || recovery === 'halt',
    ))
      expect(budgetLeft(row, 0, 0)).toBe(false)
  })
})
