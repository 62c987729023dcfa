import { describe, expect, it } from '@jest/globals'
import { stringify } from 'yaml'
import { runCases } from '#core/mapping/cases.ts'
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
    expect(one({ input, externalId: '2' }).differences).toEqual(['externalId/: expected "2", got "1"'])
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
      'A case has no `includes`.',
      'The case expects nothing.',
    ])
    expect(runCases(mapper, plan, { path: 'x', text: 'case: []' }, () => '')).toMatchObject([{ ok: false }])
  })
})
