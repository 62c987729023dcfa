import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { compileExpression, evaluate } from '#core/mapping/evaluate.ts'
import { createMapper } from '#core/mapping/mapper.ts'
import { backtrackingDegree } from '#core/mapping/runtime/regex.ts'

const AWKWARD = [
  ...[
    '"',
    "'",
    '`',
    '\\',
    '\\"',
    `\${x}`,
    '*/',
    '//',
    '\n',
    '\r',
    '\u2028',
    '\u2029',
    '\u0000',
    '\ud800',
    '</script>',
    '"];throw 1;//',
    '");process.exit();("',
  ],
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'run',
    'root',
    'value',
    'k0',
    'R',
    'K',
    'R_one',
    'arguments',
    'eval',
    'await',
    'let',
  ],
]

/** Names that try to leave their quotes. */
const name = fc.oneof(
  fc.constantFrom(...AWKWARD),
  fc
    .tuple(fc.constantFrom(...AWKWARD), fc.string({ unit: 'binary', maxLength: 8 }))
    .map(([one, two]) => one + two),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
)

const withMember = (key: string, value: unknown): object =>
  Object.defineProperty({}, key, { value, enumerable: true })

/** A JSONata text: everything that its tokenizer could mistake is written as an escape. */
const quoted = (text: string): string =>
  `"${Array.from({ length: text.length }, (_, index) => `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`).join('')}"`

/** What YAML cannot hold even in a JSON text. */
const isPrintable = (text: string): boolean =>
  text.isWellFormed() &&
  Array.from(text).every(
    one =>
      one >= ' ' &&
      !'\u007f\ufeff\ufffe\uffff\u2028\u2029'.includes(one) &&
      (one < '\u0080' || one > '\u009f'),
  )

describe('text of a mapping', () => {
  it('is data in the generated code, never code: as a name of a field', () => {
    fc.assert(
      fc.property(name, key => {
        const text = `$.${quoted(key)}`
        expect(evaluate(text, withMember(key, 'found'))).toBe('found')
        expect(evaluate(text, {})).toBeUndefined()
        expect(
          evaluate(`a.${quoted(key)}.${quoted(key)}[0]`, { a: withMember(key, withMember(key, ['deep'])) }),
        ).toBe('deep')
        expect(evaluate(`$sum(a.${quoted(key)})`, { a: [withMember(key, 1), withMember(key, 2)] })).toBe(3)
      }),
    )
  })

  it('is data in the generated code, never code: as a literal, a key and a binding', () => {
    fc.assert(
      fc.property(name, text => {
        expect(evaluate(quoted(text), null)).toBe(text)
        expect(Object.entries(evaluate(`{${quoted(text)}: 1, "other": 2}`, null) as object)).toContainEqual([
          text,
          1,
        ])
        expect(evaluate('$name', null, { name: text })).toBe(text)
      }),
    )
  })

  it('is data in the generated code, never code: as a leaf, a variable, a table and a pointer of the document', () => {
    const mapper = createMapper({ schemas: { any: { type: 'object', additionalProperties: true } } })
    const key = name.filter(one => isPrintable(one) && !one.startsWith('$') && one.trim() !== '')
    fc.assert(
      fc.property(key, text => {
        const yaml = JSON.stringify({
          version: 1,
          connector: text,
          topics: [text],
          target: 'any',
          identity: '"1"',
          tables: { [text]: { [text]: text } },
          document: {
            [text]: `$.${quoted(text)}`,
            object: { [text]: `$.${quoted(text)}` },
            looked: `$table(${quoted(text)}, $.${quoted(text)})`,
          },
        })
        const { plan, problems } = mapper.compile({ path: text, text: yaml })
        expect(problems).toEqual([])
        const result = mapper.run(plan!, withMember(text, text))
        expect(result).toMatchObject({ ok: true })
        const { body } = (result as { output: { body: Record<string, unknown> } }).output
        expect(Object.getOwnPropertyDescriptor(body, text)?.value).toBe(text)
        expect(Object.getOwnPropertyDescriptor(body['object'], text)?.value).toBe(text)
        expect(body['looked']).toBe(text)
        expect(Object.getPrototypeOf(body)).toBe(Object.prototype)
      }),
    )
  })

  it('reaches no prototype', () => {
    for (const inherited of Object.getOwnPropertyNames(Object.prototype)) {
      for (const path of [
        inherited,
        `a.${inherited}`,
        `a.${inherited}.${inherited}`,
        `l.${inherited}`,
        `$lookup(a, "${inherited}")`,
        `a[0].${inherited}`,
      ]) {
        expect(evaluate(path, { a: {}, l: [{}, []] })).toBeUndefined()
      }
    }
    for (const path of ['s.length', 'l.length', 'f.name', 'l.map', 's.at'])
      expect(evaluate(path, { s: 'abc', l: [1] }, { f: 1 })).toBeUndefined()
  })

  it('pollutes no prototype', () => {
    const input = JSON.parse(
      '{"k": "__proto__", "v": {"polluted": true}, "o": {"__proto__": {"polluted": true}}}',
    )
    for (const text of [
      '{k: v}',
      '$merge([o, {k: v}])',
      'o{k: $}',
      '$ ~> |$|{k: v}|',
      '$sift(o, function() { true })',
      '$spread(o)',
    ]) {
      evaluate(text, input)
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    }
  })
})

describe('an expression without an end', () => {
  it.each([
    ['an endless recursion', '($f := function($n) { 1 + $f($n) }; $f(1))', 'U1001'],
    ['an endless tail recursion', '($f := function($n) { $f($n + 1) }; $f(1))', 'U1001'],
    ['a range of ten million', '$count([1..9999999])', 'U1001'],
    [
      'a product of lists',
      '($l := [1..3000]; $map($l, function($a) { $map($l, function($b) { $a }) }))',
      'U1001',
    ],
    ['a text that doubles', '$reduce([1..100], function($t) { $t & $t }, "0123456789")', 'D3050'],
    ['a text that grows', '$reduce([1..100], function($t, $n) { $t & $t }, "0123456789")', 'D2015'],
    ['a wide padding', '$pad("", 1000000000)', 'D2015'],
    ['lists that are copied again and again', '$reduce([1..5000], $append, [])', 'U1001'],
    ['a regular expression that backtracks', '$match($pad("", 5000, "a") & "b", /(a+)+$/)', 'U1001'],
  ])('stops at %s', (_name, text, code) => {
    expect(() => evaluate(text, {})).toThrow(expect.objectContaining({ code }))
  })

  it('is stopped by data as well: nesting and size are bounded', () => {
    let deep: unknown = 1
    for (let n = 0; n < 100_000; n++) deep = { a: deep }
    expect(() => evaluate('**', deep)).toThrow(expect.objectContaining({ code: 'U1001' }))
    const wide = Array.from({ length: 3_000 }, (_, id) => ({ id }))
    expect(() => evaluate('l.$count($$.l[id = 1])', { l: wide })).toThrow(
      expect.objectContaining({ code: 'U1001' }),
    )
  })

  it('has a budget for each run, not for all', () => {
    const count = compileExpression('$count([1..500000])', [], { limits: { steps: 1_500_000, depth: 100 } })
    for (let n = 0; n < 5; n++) expect(count({})).toBe(500_000)
  })

  it('has a depth of its own, well before the stack ends', () => {
    const nested = compileExpression('($f := function($n) { $n = 0 ? 0 : 1 + $f($n - 1) }; $f(depth))', [], {
      limits: { steps: 10_000, depth: 20 },
    })
    expect(nested({ depth: 15 })).toBe(15)
    expect(() => nested({ depth: 25 })).toThrow(expect.objectContaining({ code: 'U1001' }))
  })

  it('knows which regular expressions may take long', () => {
    expect(backtrackingDegree('^[A-Z]{2}-\\d$')).toBe(0)
    expect(backtrackingDegree('\\s*,\\s*')).toBe(2)
    expect(backtrackingDegree('[+*](?:a|b)?')).toBe(0)
    for (const pattern of ['(a+)+', '(a|a)*', '(ab){2,}', '(a)\\1', '(?=a)a', '(?<!a)b'])
      expect(backtrackingDegree(pattern)).toBe(Number.POSITIVE_INFINITY)
  })
})
