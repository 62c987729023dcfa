import { describe, expect, it } from '@jest/globals'
import { stringify } from 'yaml'
import { caseNamed } from '#core/mapping/cases/case-named.ts'
import { reportCases, runCases } from '#core/mapping/cases.ts'
import { ruleOf } from '#core/mapping/rule-of.ts'
import { mappingText, planOf } from './small-mapper.ts'

const { plan, mapper } = planOf(
  mappingText(
    'placedAt: when\nbilling: { city: town, name: $settings.who }',
    'number: no\nskip: test\nrevision: rev\ntables: { s: { a: b } }',
  ),
)

const run = (...cases: object[]) =>
  runCases(mapper, plan, { path: 'kind/shop/order.test.yaml', text: stringify({ cases }) }, path => {
    if (path !== 'kind/shop/cases/one.json') throw new Error(`Unexpected file ${path}`)
    return '{"id": 9, "when": "now"}'
  })

const one = (given: object) => run({ name: 'n', ...given })[0]!

describe('cases of a mapping', () => {
  it('compare the whole body, or the part of it that is given', () => {
    const input = { id: 1, when: 'w' }
    expect(one({ input, expect: { number: '1', lines: [], placedAt: 'w' } })).toEqual({
      name: 'n',
      ok: true,
      differences: [],
    })
    expect(one({ input, include: { placedAt: 'w' } }).ok).toBe(true)
    expect(one({ input, expect: { placedAt: 'x', paid: true } }).differences).toEqual([
      '/placedAt: expected "x", got "w"',
      '/paid: expected true, got nothing',
      '/number: expected nothing, got "1"',
      '/lines: expected nothing, got []',
    ])
  })

  it('compare lists by position', () => {
    const input = {
      id: 1,
      lines: [
        { sku: 'a', price: '1' },
        { sku: 'b', price: '2' },
      ],
    }
    expect(one({ input, include: { lines: [{ sku: 'a' }, { price: '2' }] } }).ok).toBe(true)
    expect(one({ input, include: { lines: [{ sku: 'b' }] } }).differences).toEqual([
      '/lines/0/sku: expected "b", got "a"',
    ])
  })

  it('compare identity, number, revision and dependencies', () => {
    const input = { id: 1, no: 'A', rev: 5 }
    expect(one({ input, externalId: '1', number: 'A', revision: 5, dependsOn: [] }).ok).toBe(true)
    expect(one({ input, externalId: '2' }).differences).toEqual(['externalId: expected "2", got "1"'])
  })

  it('read an input file from beside the test file', () => {
    expect(one({ file: 'cases/one.json', externalId: '9', include: { placedAt: 'now' } }).ok).toBe(true)
  })

  it('bind topic, headers, connection and settings', () => {
    expect(
      one({
        input: { id: 1, town: 'Rome' },
        connection: { settings: { who: 'Jo' } },
        include: { billing: { name: 'Jo' } },
      }).ok,
    ).toBe(true)
  })

  it('expect a problem or a skip, and say what came instead', () => {
    expect(
      one({ input: { id: 1, lines: [{}] }, problem: { code: 'MAPPING_MISSING', target: '/lines/0/sku' } }).ok,
    ).toBe(true)
    expect(one({ input: { test: true }, skipped: 'SOURCE_SKIPPED' }).ok).toBe(true)
    expect(one({ input: { id: 1 }, skipped: 'SOURCE_SKIPPED' }).differences.join(' ')).toContain(
      'The record was mapped.',
    )
    expect(one({ input: { id: 1 }, problem: { code: 'MAPPING_TYPE' } }).ok).toBe(false)
    expect(one({ input: { lines: [{}], id: 1 }, include: {} }).differences[0]).toMatch(
      /^MAPPING_MISSING at 12:31: \/lines\/0\/sku is missing/,
    )
  })

  it('fail when they are mistyped, expect nothing or are no cases', () => {
    expect(one({ input: { id: 1 }, includes: {} }).differences).toEqual([
      'A case has no `includes`. Did you mean `include`?',
      'The case expects nothing.',
    ])
    expect(one({ input: {}, file: 'cases/one.json', expect: {} }).differences).toContain(
      'The case has both `input` and `file`.',
    )
    expect(one({ expect: {} }).differences).toEqual(['The case has neither `input` nor `file`.'])
    expect(ofText('cases: [1]')).toContain('A case must be a map.')
  })

  it('keep all digits of an input file, as a connector does', () => {
    const read = () => '{"id": 820982911946154508}'
    const text = 'cases: [{ name: long, file: a.json, externalId: "820982911946154508" }]'
    expect(runCases(mapper, plan, { path: 'x.test.yaml', text }, read)).toMatchObject([{ ok: true }])
  })

  it('say where a file is not YAML, and what it has in place of cases', () => {
    expect(ofText('cases:\n  - { name: a, name: b }')[0]).toMatch(/^2:\d+ The cases cannot be run: /)
    expect(ofText('case: []')).toEqual(['1:1 The file has no `cases`. Is `case` meant?'])
    expect(ofText('')).toEqual(['1:1 The file has no `cases`.'])
  })

  it('name an input file that is not there, or is no JSON', () => {
    const gone = () => {
      throw Object.assign(new Error(), { code: 'ENOENT' })
    }
    const text = 'cases: [{ name: a, file: cases/gone.json, expect: {} }]'
    const run = (readFile: () => string) =>
      runCases(mapper, plan, { path: 'kind/shop/order.test.yaml', text }, readFile)[0]!.differences[0]
    expect(run(gone)).toBe('`file` names kind/shop/cases/gone.json: it is not there.')
    expect(run(() => '{')).toMatch(/^`file` names kind\/shop\/cases\/gone.json: The body is not valid JSON/)
  })
})

const ofText = (text: string): string[] =>
  runCases(mapper, plan, { path: 'x', text }, () => '').flatMap(({ differences }) => differences)

describe('a report of cases', () => {
  it('has the place of each case and the leaves that differ', () => {
    const text =
      'cases:\n  - name: right\n    input: { id: 1 }\n    externalId: "1"\n' +
      '  - name: wrong\n    input: { id: 1, when: w }\n    include: { placedAt: x }\n    externalId: "2"\n'
    const reports = reportCases({ mapper, plan, readFile: () => '' }, { path: 'x', text })
    expect(reports).toMatchObject([
      { name: 'right', ok: true, line: 2, column: 5, leaves: [], complaints: [] },
      {
        ...{ name: 'wrong', ok: false, line: 5, column: 5, complaints: [] },
        leaves: [
          { pointer: '/placedAt', expected: 'x', actual: 'w' },
          { pointer: 'externalId', expected: '2', actual: '1' },
        ],
      },
    ])
  })
})

describe('one case by its name', () => {
  const file = {
    path: 'x',
    text: 'cases: [{ name: paid, input: { id: 1 }, tables: { s: { b: c } }, expect: {} }]',
  }

  it('gives what it gives to the mapping', () => {
    expect(caseNamed(file, 'paid', () => '')).toMatchObject({
      record: { id: 1 },
      context: { tables: { s: { b: 'c' } } },
    })
  })

  it('is refused where there is none, with the nearest', () => {
    expect(() => caseNamed(file, 'payd', () => '')).toThrow('x has no case “payd”. Did you mean `paid`?')
    expect(() => caseNamed(file, 'something else', () => '')).toThrow('“paid”')
  })
})

describe('the rule behind a place of a document', () => {
  const rules = ['identity', 'dependsOn', '/number', '/lines', '/lines/*/sku', '/billing/city', '/tags'].map(
    pointer => ({ pointer, expression: pointer, line: 1, column: 1, reads: [] }),
  )
  it.each([
    ['/number', '/number'],
    ['/lines/1/sku', '/lines/*/sku'],
    ['/lines/1', '/lines'],
    ['/lines/1/nothing', '/lines'],
    ['/billing', '/billing/city'],
    ['/tags/2', '/tags'],
    ['externalId', 'identity'],
    ['dependsOn/0/externalId', 'dependsOn'],
    ['/nothing', undefined],
    ['', undefined],
  ])('of %s is %s', (pointer, rule) => {
    expect(ruleOf(rules, pointer)?.pointer).toBe(rule)
  })
})
