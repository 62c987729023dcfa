import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { EXACT_DIGITS, exact, FAST_DIGITS, fast } from '#core/documents/arithmetic.ts'

const SHIFT = 10n ** BigInt(EXACT_DIGITS - FAST_DIGITS)

const amount = fc
  .tuple(fc.boolean(), fc.bigInt(0n, 10n ** 18n), fc.option(fc.stringMatching(/^[0-9]{1,9}$/)))
  .map(
    ([negative, whole, decimals]) =>
      `${negative ? '-' : ''}${whole}${decimals === null ? '' : `.${decimals}`}`,
  )

describe('fast arithmetic', () => {
  it('reads what the exact one reads, or says that it cannot', () => {
    fc.assert(
      fc.property(amount, text => {
        const read = fast.read(text)
        if (!Number.isNaN(read)) expect(BigInt(read) * SHIFT).toBe(exact.read(text))
      }),
    )
  })

  it('can read every amount of ordinary size', () => {
    const ordinary = fc.tuple(
      fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
      fc.integer({ min: 0, max: 9_999 }),
    )
    fc.assert(
      fc.property(ordinary, ([whole, decimals]) => {
        expect(fast.read(`${whole}.${String(decimals).padStart(4, '0')}`)).not.toBeNaN()
      }),
    )
  })

  it('multiplies like the exact one, also goods by weight', () => {
    const price = fc.integer({ min: 0, max: 99_999_999 }).map(cents => (cents / 100).toFixed(2))
    const quantity = fc.oneof(
      fc.integer({ min: 0, max: 10_000 }),
      fc.integer({ min: 1, max: 99_999 }).map(grams => grams / 1_000),
    )
    fc.assert(
      fc.property(price, quantity, (text, units) => {
        const quick = fast.multiply(fast.read(text), units, 2)
        expect(BigInt(quick) * SHIFT).toBe(exact.multiply(exact.read(text), units, 2))
      }),
    )
  })

  it('gives up beyond safe integers and stays there', () => {
    expect(fast.read('900719925475')).toBeNaN()
    expect(fast.read('0.12345')).toBeNaN()
    expect(fast.read('0.12340000')).toBe(1_234)
    expect(fast.add(fast.multiply(fast.read('1000000.00'), 1_000_000_000, 2), 0)).toBeNaN()
  })
})

describe('goods by weight', () => {
  it.each([
    ['12.90', 0.35, 2, '4.52'],
    ['1.00', 0.125, 2, '0.13'],
    ['-1.00', 0.125, 2, '-0.13'],
    ['1000', 0.0005, 0, '1'],
  ])('%s × %d is rounded half up to the currency', (price, quantity, digits, expected) => {
    expect(exact.multiply(exact.read(price), quantity, digits)).toBe(exact.read(expected))
  })
})
