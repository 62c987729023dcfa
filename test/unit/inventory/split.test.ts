import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { split } from '#core/inventory/split.ts'

const sharer = (channel: string, over = {}) => ({
  ...{ channel, priority: 1, most: Number.POSITIVE_INFINITY, minimum: 0, ...over },
})
const budget = (units: number, ...members: string[]) => ({ units, members: new Set(members) })
const shares = (...args: Parameters<typeof split>) => Object.fromEntries(split(...args))

describe('split', () => {
  it.each([
    [
      'evenly, the rest to the first by id',
      11,
      [sharer('b'), sharer('a'), sharer('c')],
      { a: 4, b: 4, c: 3 },
    ],
    ['what one may not have to the others', 10, [sharer('a', { most: 1 }), sharer('b')], { a: 1, b: 9 }],
    [
      'first to the first by priority',
      5,
      [sharer('a', { priority: 2 }), sharer('b', { most: 4 })],
      { a: 1, b: 4 },
    ],
    ['nothing to whom it is too little', 5, [sharer('a'), sharer('b', { minimum: 3 })], { a: 5, b: 0 }],
    ['nothing of nothing', 0, [sharer('a'), sharer('b')], { a: 0, b: 0 }],
  ])('gives %s', (_, units, sharers, expected) => {
    expect(shares(sharers, [budget(units, 'a', 'b', 'c')])).toEqual(expected)
  })

  it('keeps within what each set of locations has', () => {
    const budgets = [budget(10, 'a', 'b', 'c'), budget(4, 'a', 'b')]
    expect(shares([sharer('a'), sharer('b'), sharer('c')], budgets)).toEqual({ a: 2, b: 2, c: 6 })
  })

  it('never gives more than there is, and all where nobody is bounded', () => {
    fc.assert(
      fc.property(
        fc.nat(500),
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }),
        (units, ids) => {
          const given = split(
            ids.map(id => sharer(id)),
            [budget(units, ...ids)],
          )
          expect([...given.values()].reduce((sum, one) => sum + one, 0)).toBe(units)
        },
      ),
    )
  })
})
