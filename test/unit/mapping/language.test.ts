import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { compileExpression, evaluate } from '#core/mapping/evaluate.ts'
import { byCompiler, byReference } from './expressions.ts'

/** One expression a line: a tour of the whole language, its corners and its errors. */
const EXPRESSIONS = readFileSync(new URL('./language.jsonata.txt', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')

const product = (Name: string, Price: number, Quantity: number, Colour: string) => ({
  Name,
  Price,
  Quantity,
  Description: { Colour },
})

const RECORD = {
  a: {
    b: { c: 1 },
    l: [{ x: 1, y: ['p', 'q'] }, { x: 2 }, { x: 3, y: [] }],
    e: [],
    n: null,
    s: 'str',
    one: [7],
    nest: [[1, 2], [3]],
  },
  name: 'Fred',
  nums: [3, 1, 2],
  Account: {
    'Account Name': 'F',
    Order: [
      { OrderID: 'o1', Product: [product('Hat', 34.45, 2, 'Purple'), product('Cap', 21.67, 1, 'Orange')] },
      { OrderID: 'o2', Product: [product('Hat', 34.45, 4, 'Purple'), product('Cloak', 107.99, 1, 'Black')] },
    ],
  },
}

const INPUTS = [
  RECORD,
  [RECORD, { name: 'Bob' }],
  [1, 2, 3],
  [],
  null,
  'str',
  5,
  [[1, 2], [3]],
  { a: [{ b: 1 }, { b: [2, 3] }, { b: { c: [4] } }], name: [1] },
]

describe('the language', () => {
  it.each(EXPRESSIONS)('%s', async text => {
    for (const input of INPUTS) {
      const expected = await byReference(text, input)
      if ('error' in expected && ['uncoded', 'input changed'].includes(expected.error)) continue
      expect({ input, outcome: byCompiler(text, input) }).toEqual({ input, outcome: expected })
    }
  })
})

describe('an expression outside a mapping', () => {
  it('sees what its caller binds', () => {
    expect(evaluate('$rate * price', { price: 4 }, { rate: 2 })).toBe(8)
    expect(compileExpression('$rate * price', ['rate'])({ price: 4 }, { rate: 3 })).toBe(12)
  })

  it('takes the time from the clock it is given', () => {
    expect(compileExpression('$now() & $millis()', [], { now: () => 0 })(null)).toBe(
      '1970-01-01T00:00:00.000Z0',
    )
  })

  it('throws syntax errors with their code and place when it is compiled', () => {
    expect(() => compileExpression('a[')).toThrow(expect.objectContaining({ code: 'S0203', position: 2 }))
    expect(() => compileExpression('"open')).toThrow(expect.objectContaining({ code: 'S0101', position: 5 }))
  })

  it('never calls data that looks like a function of the reference', () => {
    const input = { f: { _jsonata_function: true, _jsonata_lambda: true, implementation: 'x' } }
    expect(() => evaluate('f.implementation ~> f', input)).toThrow(expect.objectContaining({ code: 'T2006' }))
    expect(() => evaluate('$map([1], f)', input)).toThrow(expect.objectContaining({ code: 'T1006' }))
  })
})
