import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Problem } from '#core/contracts/mapper.ts'
import { readExpression } from '#core/mapping/source/read-rule.ts'
import { YamlFile } from '#core/mapping/source/yaml-file.ts'
import { compileText, mappingText } from './small-mapper.ts'

/** Code, place and the text that stands at the place, so that a wrong column is seen at once. */
const seen = (text: string) =>
  compileText(text).problems.map(
    ({ code, line, column }) =>
      `${code} ${text
        .split('\n')
        [line - 1]!.slice(column - 1)
        .slice(0, 12)}`,
  )

const one = (text: string): Problem => {
  const { plan, problems } = compileText(text)
  expect(plan).toBeNull()
  expect(problems).toHaveLength(1)
  return problems[0]!
}

describe('what is wrong with a mapping', () => {
  it.each([
    ['an unknown leaf', 'totl: x', 'TARGET_UNKNOWN totl: x', '`total`'],
    [
      'an unknown leaf in another schema',
      'billing: { city: x, naem: y }',
      'TARGET_UNKNOWN naem: y }',
      '`name`',
    ],
    ['an unknown function', 'placedAt: $mony(x)', 'FUNCTION_UNKNOWN $mony(x)', '`$money`'],
    ['an unknown function inside', "placedAt: '1 & $trm(x)'", "FUNCTION_UNKNOWN $trm(x)'", '`$trim`'],
    ['a function without its dollar', 'placedAt: trim(x)', 'FUNCTION_UNKNOWN trim(x)', '`$trim`'],
    ['an unknown variable', 'placedAt: a & $topik', 'VARIABLE_UNKNOWN $topik', '`$topic`'],
    ['$index outside $each', 'placedAt: $index', 'VARIABLE_UNKNOWN $index', undefined],
    ['an unknown table', 'status: $table("statos", s)', 'TABLE_UNKNOWN "statos", s)', undefined],
    ['a table by a computed name', 'status: $table(name, s)', 'ARGUMENTS_WRONG $table(name,', undefined],
    ['too few arguments', 'total: $money(x)', 'ARGUMENTS_WRONG $money(x)', undefined],
    ['too many arguments', 'placedAt: $uppercase(a, b)', 'ARGUMENTS_WRONG $uppercase(a', undefined],
    ['a syntax error', 'placedAt: a[1', 'EXPRESSION_SYNTAX ', undefined],
    [
      'a regular expression that is none',
      'placedAt: $replace(a, /x{2,1}/, "")',
      'EXPRESSION_SYNTAX $replace(a, ',
      undefined,
    ],
    ['an answer that changes', 'placedAt: $now()', 'FUNCTION_UNKNOWN $now()', undefined],
    ['text run as code', 'placedAt: $eval(a)', 'FUNCTION_UNKNOWN $eval(a)', undefined],
    ['a number for a text', 'placedAt: 5', 'TYPE_WRONG 5', undefined],
    ['a text for a boolean', `paid: '"yes"'`, `TYPE_WRONG "yes"'`, undefined],
    ['a comparison for a text', 'placedAt: a = 1', 'TYPE_WRONG a = 1', undefined],
    ['a text in one branch of a condition', `count: 'a ? 1 : "x"'`, `TYPE_WRONG "x"'`, undefined],
    ['a value that is not in the list', `status: 'a ? "open" : "clsed"'`, `TYPE_WRONG "clsed"'`, '`closed`'],
    ['a list for an object', 'billing: { $each: x, city: y }', 'TYPE_WRONG { $each: x, ', undefined],
    ['an object for a text', 'placedAt: { a: b }', 'TYPE_WRONG { a: b }', undefined],
    ['a required leaf without a rule', 'billing: { name: x }', 'TARGET_UNFILLED { name: x }', undefined],
    ['an unknown directive', 'tags: { $eech: x, $value: y }', 'KEY_UNKNOWN $eech: x, $v', '`$each`'],
    ['an empty rule', 'placedAt:', 'VALUE_WRONG ', undefined],
    ['$when without $each', 'billing: { $when: x, city: y }', 'VALUE_WRONG $when: x, ci', undefined],
    ['$with beside $each', 'tags: { $each: x, $with: y, $value: z }', 'VALUE_WRONG $with: y, $v', undefined],
    ['an alias', 'paid: &x a\nplacedAt: *x', 'VALUE_WRONG *x', undefined],
  ])('names and places %s', (_name, document, expected, hint) => {
    const text = mappingText(document)
    const [problem] = compileText(text).problems
    expect(seen(text)[0]).toBe(expected)
    if (hint) expect(problem!.hint).toContain(hint)
  })

  it.each([
    ['an unknown key', `${mappingText('')}documnt: 1\n`, 'KEY_UNKNOWN documnt: 1'],
    [
      'a missing key',
      'version: 1\nconnector: a\ntopics: [a]\ntarget: order\ndocument: { number: a, lines: { $each: b, sku: c, price: d } }',
      'KEY_MISSING version: 1',
    ],
    ['an unknown schema', mappingText('').replace('target: order', 'target: ordr'), 'SCHEMA_UNKNOWN ordr'],
    ['a wrong version', mappingText('').replace('version: 1', 'version: one'), 'VALUE_WRONG one'],
    ['a key that stands twice', mappingText('paid: a\npaid: b'), 'KEY_DUPLICATE paid: b'],
    [
      'a reason that skips nothing',
      mappingText('', 'skip: { expression: a, reason: UNEXPECTED }'),
      'VALUE_WRONG UNEXPECTED }',
    ],
    [
      'an unknown resource',
      mappingText('', 'dependsOn: [{ resource: ordr, externalId: a }]'),
      'VALUE_WRONG ordr, extern',
    ],
    [
      'a dependency of this connection and of any',
      mappingText('', 'dependsOn: [{ resource: order, externalId: a, key: b }]'),
      'VALUE_WRONG { resource: ',
    ],
    [
      'a table entry that its leaf cannot hold',
      mappingText('status: $table("s", a)', 'tables: { s: { a: open, b: opn } }'),
      'TYPE_WRONG opn } }',
    ],
    ['a let variable in skip', mappingText('', 'let: { a: b }\nskip: $a'), 'VARIABLE_UNKNOWN $a'],
    [
      'a variable above its binding',
      mappingText('status: ($y := $x; $x := a; $y)'),
      'VARIABLE_UNKNOWN $x; $x := a;',
    ],
    ['a let variable above its let', mappingText('', 'let: { a: $b, b: c }'), 'VARIABLE_UNKNOWN $b, b: c }'],
  ])('names and places %s', (_name, text, expected) => {
    expect(seen(text)[0]).toBe(expected)
    expect(compileText(text).plan).toBeNull()
  })

  it('lets a function call itself, and one that is bound below it', () => {
    const text = mappingText(
      'status: "($f := function($n) { $n > 3 ? $g($n) : $f($n + 1) }; $g := function($n) { $string($n) }; $f(1))"',
    )
    expect(compileText(text).problems).toEqual([])
  })

  it('says everything at once, in the order of the file', () => {
    const document = 'totl: a\nplacedAt: $foo(b)\npaid: 5\nbilling: { name: $bar }'
    expect(seen(mappingText(document))).toEqual([
      'TARGET_UNKNOWN totl: a',
      'FUNCTION_UNKNOWN $foo(b)',
      'TYPE_WRONG 5',
      'TARGET_UNFILLED { name: $bar',
      'VARIABLE_UNKNOWN $bar }',
    ])
  })

  it('says only the syntax error where the file is not YAML, with the usual cause', () => {
    const problem = one(mappingText('placedAt: a ? b : c'))
    expect(problem).toMatchObject({ code: 'YAML_SYNTAX', line: 9 })
    expect(problem.hint).toContain('quotes')
  })

  it('reports a wrong let once, not again wherever its variable is read', () => {
    expect(one(mappingText('placedAt: $a', "let: { a: 'b[' }")).code).toBe('EXPRESSION_SYNTAX')
  })

  it('checks what an outgoing mapping reads against the canonical document', () => {
    const outgoing = (document: string) => `version: 1\nconnector: erp\nfrom: order\ndocument:\n${document}`
    expect(
      compileText(outgoing('  ref: number\n  rows: { $each: lines, s: sku, t: taxes.amount }')).problems,
    ).toEqual([])
    expect(seen(outgoing('  ref: nmber\n  rows: { $each: lines, s: skuu }'))).toEqual([
      'SOURCE_UNKNOWN nmber',
      'SOURCE_UNKNOWN skuu }',
    ])
    expect(compileText(outgoing('  ref: nmber')).problems[0]!.hint).toContain('`number`')
  })
})

describe('a place inside an expression', () => {
  it.each([
    ['plain', 'x: a + $b'],
    ['single quotes', `x: 'a & ''q'' & $b'`],
    ['double quotes', 'x: "a & \\"q\\" & \\u0041 & $b"'],
    ['a literal block', 'x: |\n  a +\n    $b\n'],
    ['a folded block', 'x: >-\n  a +\n  (c;\n  $b)\n'],
    ['folded plain lines', 'x: a +\n  c +\n  $b'],
    ['folded double quotes', 'x: "a +\n  c \\\n  + $b"'],
  ])('is found through %s', (_name, text) => {
    const file = new YamlFile('x.map.yaml', text)
    const [entry] = file.entries(file.root, 'x')
    const expression = readExpression(file, entry!.value, 'x')!
    const { line, column } = expression.locate(expression.text.indexOf('$b'))
    expect(
      text
        .split('\n')
        [line - 1]!.slice(column - 1)
        .slice(0, 2),
    ).toBe('$b')
  })

  it('is found whatever stands before it', () => {
    const before = fc.stringMatching(/^[a-z '"\\é\n\t]{0,30}$/)
    fc.assert(
      fc.property(before, text => {
        const yaml = `x: ${JSON.stringify(`(/*${text}*/ $b)`)}`
        const file = new YamlFile('x.map.yaml', yaml)
        const [entry] = file.entries(file.root, 'x')
        const expression = readExpression(file, entry!.value, 'x')!
        expect(expression.locate(expression.text.indexOf('$b'))).toEqual({
          line: 1,
          column: yaml.indexOf('$b') + 1,
        })
      }),
    )
  })
})
