import { describe, expect, it } from '@jest/globals'
import { createMapper } from '#core/mapping/mapper.ts'

const mapper = createMapper({ schemas: { any: { type: 'object', additionalProperties: true } } })

const HEAD = 'version: 1\nconnector: x\ntopics: [a/b]\ntarget: any\nidentity: id\n'
const RECORD = { id: 1, t: `${'a'.repeat(5_000)}b`, a: 1 }

const leaf = (expression: string): string => `${HEAD}document: { a: ${JSON.stringify(expression)} }\n`
const lines = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n')
const nested = (depth: number, open: string, close: string): string =>
  leaf(`${open.repeat(depth)}1${close.repeat(depth)}`)

/** A value whose parts are shared: 30 of them make 2^30 leaves. */
const doubled = (times: number): string => `$reduce([1..${times}], function($t){{"a": $t, "b": $t}}, {})`

/** Code of the first problem of the file, else of the run. */
function firstProblem(text: string): string | null {
  const { plan, problems } = mapper.compile({ path: 'hostile.map.yaml', text })
  if (!plan) return problems[0]!.code
  const result = mapper.run(plan, RECORD)
  return !result.ok && 'problems' in result ? result.problems[0]!.code : null
}

/** All end at once; what does not end meets the time limit of the test. */
describe('a hostile mapping file', () => {
  it.each([
    ['a million variables', `${HEAD}let:\n${lines(1_000_000, n => `  v${n}: a`)}\ndocument: { a: a }`],
    ['a file of one endless expression', nested(1_000_000, '(', ')')],
    ['flow lists inside each other', `${HEAD}document: ${'['.repeat(100_000)}`],
    ['a key twenty thousand times', `${HEAD}document:\n${'  a: b\n'.repeat(20_000)}`],
    ['aliases of aliases', `${HEAD}document: { a: &a [b, b], c: &c [*a, *a, *a], d: [*c, *c, *c] }`],
    ['a prototype as a function', leaf('a.constructor("return process")()')],
  ])('with %s is refused', (_name, text) => {
    expect(mapper.compile({ path: 'hostile.map.yaml', text })).toMatchObject({
      plan: null,
      problems: expect.arrayContaining([expect.objectContaining({ severity: 'error' })]),
    })
  })

  it.each([
    ['parentheses', nested(9_000, '(', ')')],
    ['predicates', leaf(`${'a['.repeat(9_000)}1${']'.repeat(9_000)}`)],
    ['defaults', leaf(`${'('.repeat(20)}a${'?: b)'.repeat(20)}`)],
  ])('with %s nested too deep is refused', (_name, text) => {
    expect(firstProblem(text)).toBe('EXPRESSION_SYNTAX')
  })

  it.each([
    ['a regular expression that backtracks', '$match(t, /(a+)+$/)'],
    ['a text that doubles', '$reduce([1..30], function($t) { $t & $t }, "0123456789")'],
    ['a text of a given size', '$pad("", 100000000)'],
    ['a million small texts', '$join([1..1000000].$string())'],
    ['replacements in replacements', '$replace($replace(t, "a", t), "a", t)'],
    [
      'a hundred thousand formatted numbers',
      '$map([1..100000], function($n) { $formatNumber($n, "#,##0.00") })',
    ],
    ['a long sort', '$sort([1..200000], function($a, $b) { $a < $b })[0]'],
    ['a call of itself', '($f := function() { $f() }; $f())'],
    ['a recursion without an end', '($f := function($n) { 1 + $f($n) }; $f(1))'],
    ['a recursion that branches', '($f := function($n) { $map([1, 2], $f) }; $f(1))'],
    ['shared parts written as text', `$string(${doubled(30)})`],
    ['shared parts as the document', doubled(30)],
    ['shared parts compared', `${doubled(30)} = ${doubled(30)}`],
    ['shared parts counted', `$count(${doubled(30)}.**)`],
    ['shared parts copied', `${doubled(30)} ~> |a|{"x": 1}|`],
  ])('with %s ends in a problem of the run', (_name, expression) => {
    expect(firstProblem(leaf(expression))).toBe('MAPPING_EXPRESSION')
  })

  it('that doubles an object forty times is checked in as many steps', () => {
    const doubling = lines(40, () => '$x := {"a": $x, "b": $x};')
    expect(firstProblem(leaf(`($x := {"a": t}; ${doubling} $type($x))`))).toBeNull()
  })
})
