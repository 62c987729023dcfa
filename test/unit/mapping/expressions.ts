import fc from 'fast-check'
import jsonata from 'jsonata'
import { evaluate } from '#core/mapping/evaluate.ts'

/** What an evaluation came to, in a form that two implementations can agree on. */
export type Outcome = { value: string } | { error: string }

const isFunction = (value: unknown): boolean =>
  typeof value === 'function' ||
  (typeof value === 'object' &&
    value !== null &&
    ('_jsonata_lambda' in value || '_jsonata_function' in value))

const plain = (value: unknown): string =>
  JSON.stringify(value, (_key, member: unknown) =>
    isFunction(member) ? 'ƒ' : Array.isArray(member) ? [...(member as unknown[])] : sorted(member),
  ) ?? 'nothing'

/** Grouping may find its keys in another order. */
const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value

const errorOf = (thrown: unknown): Outcome => ({ error: (thrown as { code?: string }).code ?? 'uncoded' })

/** `uncoded` where the reference itself breaks, `input changed` where it writes into its input. */
export async function byReference(text: string, input: unknown): Promise<Outcome> {
  try {
    const copy = structuredClone(input)
    const value = plain(await jsonata(text).evaluate(copy))
    return plain(copy) === plain(input) ? { value } : { error: 'input changed' }
  } catch (thrown) {
    return errorOf(thrown)
  }
}

export function byCompiler(text: string, input: unknown): Outcome {
  try {
    return { value: plain(evaluate(text, input)) }
  } catch (thrown) {
    return errorOf(thrown)
  }
}

const NAMES = ['a', 'b', 'c', 'd']

/** JSON with few names, so that paths often find something: objects, arrays of objects, nested and empty arrays. */
export const anyInput: fc.Arbitrary<unknown> = fc.letrec(tie => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(0, 1, 2, -1, 1.5, 'x', 'y', '', '12', true, false, null),
    fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 4 }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 3 }), { maxLength: 3 }),
  ),
})).value

/** Expressions over those names that use every construct of the language. */
export const anyExpression: fc.Arbitrary<string> = fc.letrec<{
  any: string
  path: string
  step: string
  atom: string
}>(tie => ({
  atom: fc.constantFrom(
    ...NAMES,
    ...NAMES,
    '$',
    '$$',
    '1',
    '2',
    '0',
    '-1',
    '"x"',
    '"12"',
    'true',
    'null',
    '[]',
    '*',
    '[1..3]',
    '$v',
    '`a`',
  ),
  step: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...NAMES) },
    { weight: 1, arbitrary: fc.constantFrom('*', '**', '$', '%', '$string()', '"a"') },
    { weight: 1, arbitrary: tie('any').map(one => `(${one})`) },
    { weight: 1, arbitrary: fc.tuple(tie('any'), tie('any')).map(([one, two]) => `[${one}, ${two}]`) },
    {
      weight: 1,
      arbitrary: fc.tuple(tie('any'), tie('any')).map(([one, two]) => `{"a": ${one}, "b": ${two}}`),
    },
    { weight: 1, arbitrary: fc.constantFrom(...NAMES).map(name => `${name}[]`) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(...NAMES), fc.constantFrom('$i', '$v'))
        .map(([name, variable]) => `${name}#${variable}`),
    },
    { weight: 1, arbitrary: fc.constantFrom(...NAMES).map(name => `${name}@$v`) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(...NAMES), fc.constantFrom('0', '1', '-1', '[0,1]'))
        .map(([name, at]) => `${name}[${at}]`),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(...NAMES), tie('any'))
        .map(([name, predicate]) => `${name}[${predicate}]`),
    },
  ),
  path: fc.oneof(
    {
      weight: 6,
      arbitrary: fc.array(tie('step'), { minLength: 1, maxLength: 4 }).map(steps => steps.join('.')),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie('path'), fc.constantFrom('a', '>b', 'a, >b', '$'))
        .map(([path, term]) => `${path}^(${term})`),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(tie('path'), tie('any')).map(([path, value]) => `${path}{$string(a): ${value}}`),
    },
  ),
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: tie('atom') },
    { weight: 6, arbitrary: tie('path') },
    { weight: 3, arbitrary: operation(tie('any')) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie('any'), tie('any'), tie('any'))
        .map(([test, yes, no]) => `(${test} ? ${yes} : ${no})`),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(tie('any'), tie('any')).map(([value, rest]) => `($v := ${value}; ${rest})`),
    },
    { weight: 1, arbitrary: fc.tuple(tie('any'), tie('any')).map(([one, two]) => `[${one}, ${two}]`) },
    {
      weight: 1,
      arbitrary: fc.tuple(tie('any'), tie('any')).map(([one, two]) => `{"a": ${one}, "c": ${two}}`),
    },
    { weight: 2, arbitrary: callOf(tie('any')) },
    { weight: 1, arbitrary: tie('any').map(value => `-(${value})`) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie('any'), fc.constantFrom('0', '-1', '$', 'a', '1'))
        .map(([value, at]) => `(${value})[${at}]`),
    },
  ),
})).any

function operation(any: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const operator = fc.constantFrom(
    '+',
    '-',
    '*',
    '/',
    '%',
    '=',
    '!=',
    '<',
    '<=',
    '>',
    '>=',
    'and',
    'or',
    'in',
    '&',
    '?:',
    '??',
  )
  return fc.tuple(any, operator, any).map(([left, sign, right]) => `(${left} ${sign} ${right})`)
}

function callOf(any: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const one = fc.constantFrom(
    ...[
      'string',
      'count',
      'sum',
      'exists',
      'not',
      'boolean',
      'keys',
      'reverse',
      'distinct',
      'uppercase',
      'length',
      'number',
      'sort',
      'spread',
      'merge',
      'type',
      'max',
    ],
  )
  const lambda = fc.constantFrom(
    'function($v) { $v }',
    'function($v, $i) { [$i, $v] }',
    'function($v) { $v = 1 }',
    'function($v) { $v.a }',
    '$string',
    '$append(?, 1)',
  )
  return fc.oneof(
    fc.tuple(one, any).map(([name, value]) => `$${name}(${value})`),
    fc.tuple(any, one).map(([value, name]) => `(${value} ~> $${name})`),
    fc
      .tuple(fc.constantFrom('map', 'filter', 'each', 'sift'), any, lambda)
      .map(([name, value, run]) => `$${name}(${value}, ${run})`),
    fc.tuple(any, any).map(([list, initial]) => `$reduce(${list}, function($p, $n) { $p & $n }, ${initial})`),
    fc.tuple(any, any).map(([left, right]) => `$append(${left}, ${right})`),
    fc.tuple(any, fc.constantFrom('"a"', '"b"')).map(([value, key]) => `$lookup(${value}, ${key})`),
  )
}
