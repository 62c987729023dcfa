import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  addMoney,
  divideMoney,
  exponentOf,
  formatScaled,
  multiplyMoney,
  normalizeMoney,
  subtractMoney,
  toScaled,
} from '#core/kernel/money.ts'

const CURRENCIES = { JPY: 0, USD: 2, KWD: 3, CLF: 4 } as const
const currency = fc.constantFrom(...(Object.keys(CURRENCIES) as (keyof typeof CURRENCIES)[]))

/** Decimal text with sign, leading zeros, trailing zeros and up to nine decimals, as partners write it. */
const amount = fc
  .record({
    sign: fc.constantFrom('', '-', '+'),
    whole: fc.bigInt(0n, 10n ** 20n),
    zeros: fc.nat(2),
    fraction: fc.stringMatching(/^[0-9]{0,9}$/),
  })
  .map(
    ({ sign, whole, zeros, fraction }) =>
      `${sign}${'0'.repeat(zeros)}${whole}${fraction ? `.${fraction}` : ''}`,
  )

describe('normalizeMoney', () => {
  it.each([
    ['12', 'USD', '12.00'],
    ['12.5', 'USD', '12.50'],
    ['100.00', 'JPY', '100'],
    ['100', 'JPY', '100'],
    ['1.2', 'KWD', '1.200'],
    ['1.2', 'CLF', '1.2000'],
    ['-0.00', 'USD', '0.00'],
    ['007.00', 'USD', '7.00'],
    ['+3', 'USD', '3.00'],
    ['0.125', 'USD', '0.125'],
    [' 1.00 ', 'USD', '1.00'],
    ['0', 'JPY', '0'],
    ['00', 'JPY', '0'],
    [12.1, 'USD', '12.10'],
    [1e-7, 'USD', '0.0000001'],
  ])('gives %p %s as %s', (given, code, expected) => {
    expect(normalizeMoney(given, code)).toBe(expected)
  })

  it('agrees with exact arithmetic for every amount and every number of decimals', () => {
    fc.assert(
      fc.property(amount, currency, (text, code) => {
        expect(normalizeMoney(text, code)).toBe(formatScaled(toScaled(text), CURRENCIES[code]))
      }),
    )
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(amount, currency, (text, code) => {
        const once = normalizeMoney(text, code)
        expect(normalizeMoney(once, code)).toBe(once)
      }),
    )
  })

  it('keeps the value and has at least the decimals of the currency', () => {
    fc.assert(
      fc.property(amount, currency, (text, code) => {
        const normal = normalizeMoney(text, code)
        expect(toScaled(normal)).toBe(toScaled(text))
        expect((normal.split('.')[1] ?? '').length).toBeGreaterThanOrEqual(CURRENCIES[code])
      }),
    )
  })

  it.each(['', '1,50', '1.2.3', 'abc', '1e3', '.5', '12.3a', '1 2.00', '１.00', '1/00', '1:00'])(
    'refuses %p',
    text => {
      expect(() => normalizeMoney(text, 'USD')).toThrow(expect.objectContaining({ code: 'MAPPING_TYPE' }))
    },
  )

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e-10, 1e30])(
    'refuses the number %p, which has no exact short decimal',
    number => {
      expect(() => normalizeMoney(number, 'USD')).toThrow(expect.objectContaining({ code: 'MAPPING_TYPE' }))
    },
  )

  it.each(['XYZ', 'usd', '', 'constructor', '__proto__'])('refuses the currency %p', code => {
    expect(() => normalizeMoney('1.00', code)).toThrow(expect.objectContaining({ code: 'CURRENCY_UNKNOWN' }))
    expect(exponentOf(code)).toBeNull()
  })
})

describe('money arithmetic', () => {
  it('adds without losing a digit, in any order', () => {
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 20 }), currency, (amounts, code) => {
        const sum = addMoney(amounts, code)
        expect(toScaled(sum)).toBe(amounts.reduce((total, text) => total + toScaled(text), 0n))
        expect(addMoney(amounts.toReversed(), code)).toBe(sum)
      }),
    )
  })

  it('takes away what was added', () => {
    fc.assert(
      fc.property(amount, amount, currency, (a, b, code) => {
        expect(subtractMoney(addMoney([a, b], code), b, code)).toBe(normalizeMoney(a, code))
      }),
    )
  })

  it('multiplies as repeated addition', () => {
    fc.assert(
      fc.property(amount, fc.nat(12), currency, (text, times, code) => {
        expect(multiplyMoney(text, times, code)).toBe(
          addMoney(
            Array.from({ length: times }, () => text),
            code,
          ),
        )
      }),
    )
  })

  it('multiplies only by whole quantities', () => {
    expect(() => multiplyMoney('1.00', 1.5, 'USD')).toThrow(expect.objectContaining({ code: 'MAPPING_TYPE' }))
  })

  it('divides so that the parts together are the whole', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 1, max: 1_000 }), currency, (text, parts, code) => {
        const whole = toScaled(multiplyMoney(divideMoney(text, parts, code), parts, code))
        const off = whole - toScaled(text)
        expect(off < 0n ? -off * 2n <= BigInt(parts) : off * 2n <= BigInt(parts)).toBe(true)
      }),
    )
  })

  it('divides only by whole quantities', () => {
    for (const quantity of [0, 1.5])
      expect(() => divideMoney('1.00', quantity, 'USD')).toThrow(
        expect.objectContaining({ code: 'MAPPING_TYPE' }),
      )
  })
})
