import { describe, expect, it } from '@jest/globals'
import type { RunProblem } from '#core/contracts/mapper.ts'
import { isErrorCode } from '#core/errors/register.ts'
import { mappingText, planOf } from './small-mapper.ts'

const problemsOf = (text: string, input: unknown): RunProblem[] => {
  const result = planOf(text).run(input)
  if (result.ok || 'skipped' in result) throw new Error(`Expected problems, got ${JSON.stringify(result)}`)
  return result.problems
}

const problemOf = (document: string, input: object, more = ''): RunProblem => {
  const problems = problemsOf(mappingText(document, more), { id: 1, ...input })
  expect(problems).toHaveLength(1)
  return problems[0]!
}

describe('a record that does not map', () => {
  it('names the leaf and the source field that is missing', () => {
    const [problem] = problemsOf(mappingText(''), { id: 1, lines: [{ sku: 'a', price: '1' }, { sku: 'b' }] })
    expect(problem).toEqual({
      code: 'MAPPING_MISSING',
      target: '/lines/1/price',
      message: '/lines/1/price is missing: `price` is not in the payload.',
      line: 8,
      column: 43,
    })
  })

  it('counts positions as they are in the document, not in the source', () => {
    const text = mappingText('').replace('sku: sku', '$when: keep, sku: sku')
    const [problem] = problemsOf(text, { id: 1, lines: [{ keep: false }, { keep: true, sku: 'b' }] })
    expect(problem!.target).toBe('/lines/0/price')
  })

  it('says all problems at once', () => {
    const text = mappingText(
      'placedAt: $instant(when)\ntotal: $money(sum, currency)\ncount: n',
      'number: "$number(no)"',
    )
    const problems = problemsOf(text, { when: 'x', sum: '1', currency: 'XYZ', n: 1.5, no: 'q', lines: [{}] })
    expect(problems.map(({ code, target }) => `${code} ${target}`)).toEqual([
      'MAPPING_EXPRESSION ',
      'MAPPING_MISSING /lines/0/sku',
      'MAPPING_MISSING /lines/0/price',
      'MAPPING_TYPE /placedAt',
      'CURRENCY_UNKNOWN /total',
      'MAPPING_TYPE /count',
      'MAPPING_MISSING ',
    ])
    for (const problem of problems) expect(isErrorCode(problem.code)).toBe(true)
  })

  it.each([
    [
      'what an expression looks for together',
      'billing: { name: $$.who, city: "a & b ? c : d.e" }',
      { who: 'x' },
      'none of `a`, `b`, `c`, `d.e` is in the payload.',
    ],
    [
      'an expression whose fields are there',
      'billing: { name: $$.who, city: $country(land) }',
      { who: 'x', land: 'Nowhere' },
      '`$country(land)` gives nothing.',
    ],
    [
      'a field of a let variable',
      'billing: { name: who, city: $c }',
      { who: 'x' },
      '`town.name` is not in the payload.',
    ],
  ])('explains why %s gives nothing', (_name, document, input, why) => {
    expect(problemOf(document, input, 'let: { c: town.name }').message).toBe(
      `/billing/city is missing: ${why}`,
    )
  })

  it('misses the identity when its field is absent, null or empty', () => {
    const missing = (why: string) => [
      {
        code: 'MAPPING_MISSING',
        target: '',
        message: `identity is missing: \`id\` ${why}.`,
        line: 5,
        column: 11,
      },
    ]
    for (const id of [undefined, null])
      expect(problemsOf(mappingText(''), { id })).toEqual(missing('is not in the payload'))
    expect(problemsOf(mappingText(''), { id: '' })).toEqual(missing('gives nothing'))
  })

  it.each([
    [
      'placedAt: $ ~> $keys',
      { a: 1 },
      'MAPPING_TYPE',
      '/placedAt must be a text, but its rule gives a list.',
    ],
    ['paid: a', { a: 'yes' }, 'MAPPING_TYPE', '/paid must be a boolean, but its rule gives a text.'],
    ['weight: a', { a: '1.5' }, 'MAPPING_TYPE', '/weight must be a number, but its rule gives a text.'],
    [
      'weight: a / 0',
      { a: 1 },
      'MAPPING_TYPE',
      '/weight must be a number, but its rule gives no finite number.',
    ],
    ['placedAt: $trim', {}, 'MAPPING_TYPE', '/placedAt must be a text, but its rule gives a function.'],
    [
      'status: $table("s", a)',
      { a: 'odd' },
      'MAPPING_TABLE_MISS',
      '/status cannot be made: Table `s` has no entry for “odd”.',
    ],
    [
      'status: $table("s", a)',
      { a: ['odd', 'even'] },
      'MAPPING_TYPE',
      '/status cannot be made: $table needs a single value, not a list.',
    ],
    [
      'total: $money(a, "EUR")',
      { a: '1,5' },
      'MAPPING_TYPE',
      '/total cannot be made: “1,5” is not a decimal amount.',
    ],
    [
      'total: $money(a, b)',
      { a: '1', b: 'ABC' },
      'CURRENCY_UNKNOWN',
      '/total cannot be made: “ABC” is not an ISO 4217 code.',
    ],
  ])('%s of %p is %s', (document, input, code, message) => {
    const problem = problemOf(document, input, 'tables: { s: { a: open } }')
    expect({ code: problem.code, message: problem.message }).toEqual({ code, message })
  })

  it('places an error inside the expression, with the code of JSONata', () => {
    const problem = problemOf("count: 'a ? 1 : (b + c)'", { c: 'x' })
    expect(problem).toEqual({
      code: 'MAPPING_EXPRESSION',
      target: '/count',
      message: '/count failed: The right side of the operator is not a number. (`+`) (T2002)',
      line: 9,
      column: 22,
    })
  })

  it('stops at a broken let: what follows from it would only repeat it', () => {
    expect(
      problemsOf(mappingText('placedAt: $x', 'let: { x: a + 1 }'), { id: 1, a: 'b', lines: [{}] }),
    ).toMatchObject([
      { code: 'MAPPING_EXPRESSION', target: '', message: expect.stringContaining('let.x failed') },
    ])
  })

  it.each([[null], ['text'], [5], [[{ id: 1 }]], [undefined]])('does not take %p for a record', input => {
    expect(problemsOf(mappingText(''), input)).toMatchObject([{ code: 'MAPPING_TYPE', target: '' }])
  })

  it('reports a revision that is no time', () => {
    expect(problemOf('', { at: 'soon' }, 'revision: at')).toMatchObject({
      code: 'MAPPING_TYPE',
      message: expect.stringContaining('revision must be'),
    })
  })

  it('never shows more than the wrong value itself, shortened', () => {
    const secret = 'x'.repeat(500)
    const { message } = problemOf('placedAt: $instant(a)', { a: secret })
    expect(message.length).toBeLessThan(150)
  })
})
