import { describe, expect, it } from '@jest/globals'
import type { RunContext } from '#core/contracts/mapper.ts'
import { createMapper } from '#core/mapping/mapper.ts'
import { explained, leavesAt, sourcesOf } from './explain-small.ts'
import { mappingText, planOf, smallMapper } from './small-mapper.ts'

describe('an explained document', () => {
  it('says of a value which rule made it, where that stands, and from which field', () => {
    const found = explained('placedAt: $instant(created_at)', { created_at: '2026-01-02T03:04:05Z' })
    expect(leavesAt(found, /placedAt/)).toEqual([
      {
        pointer: '/placedAt',
        value: '2026-01-02T03:04:05Z',
        expression: '$instant(created_at)',
        line: 9,
        column: 13,
        sources: ['/created_at'],
        tables: [],
      },
    ])
  })

  it('shows the value that was written, not the one before it was converted', () => {
    expect(leavesAt(explained('placedAt: n\ntags: one', { n: 12, one: 'a' }), /placedAt|tags/)).toMatchObject(
      [
        { pointer: '/placedAt', value: '12', sources: ['/n'] },
        { pointer: '/tags', value: ['a'], sources: ['/one'] },
      ],
    )
  })

  it('names literals as their own rule, with their place and no source', () => {
    expect(leavesAt(explained('paid: true', {}), /paid/)).toEqual([
      { pointer: '/paid', value: true, expression: 'true', line: 9, column: 9, sources: [], tables: [] },
    ])
  })

  it('has an entry without a value for a rule that gave nothing, and names only fields that are there', () => {
    const [leaf] = leavesAt(explained('placedAt: "one ?: two"', { two: null }), /placedAt/)
    expect(leaf).not.toHaveProperty('value')
    expect(leaf).toMatchObject({ pointer: '/placedAt', sources: ['/two'] })
  })

  it('does not name an object that only led to a field that is not there', () => {
    expect(sourcesOf(explained('placedAt: a.b.c', { a: { b: {} } }), /placedAt/)).toEqual({ '/placedAt': [] })
  })

  it('names the branch that was taken only', () => {
    const found = explained('placedAt: "a ? b : c"', { a: true, b: 'x', c: 'y' })
    expect(sourcesOf(found, /placedAt/)).toEqual({ '/placedAt': ['/a', '/b'] })
  })

  it('explains what stands beside the document too', () => {
    const found = explained(
      '',
      { no: 7, rev: 3, flag: false, ref: 'r' },
      {
        more: 'skip: flag\nnumber: no\nrevision: rev\ndependsOn: [{ resource: order, externalId: ref }]',
      },
    )
    expect(leavesAt(found, /^[^/]/)).toMatchObject([
      { pointer: 'skip', value: false, sources: ['/flag'] },
      { pointer: 'identity', value: 1, sources: ['/id'] },
      { pointer: 'number', value: 7, sources: ['/no'] },
      { pointer: 'revision', value: 3, sources: ['/rev'] },
      { pointer: 'dependsOn', value: 'r', sources: ['/ref'] },
    ])
  })

  it('leaves what is not evaluated for a skipped record without an entry', () => {
    const found = explained('', { test: true }, { more: 'skip: test' })
    expect(found.leaves.map(({ pointer }) => pointer)).toEqual(['skip'])
  })
})

describe('the lists of an explained document', () => {
  it('have no entry for an item that gave nothing', () => {
    const found = explained('tags: { $each: items, $value: n }', { items: [{ n: 'a' }, {}, { n: 'c' }, {}] })
    expect(leavesAt(found, /tags/)).toMatchObject([
      { pointer: '/tags/0', value: 'a', sources: ['/items/0/n'] },
      { pointer: '/tags/1', value: 'c', sources: ['/items/2/n'] },
    ])
  })

  it('count the items of a written list as they stand in the document', () => {
    const found = explained(`tags: [a, b, '"c"', d]`, { b: 'x' })
    expect(leavesAt(found, /tags/)).toMatchObject([
      { pointer: '/tags/0', value: 'x', expression: 'b' },
      { pointer: '/tags/1', value: 'c', expression: '"c"' },
    ])
  })

  it('have no leaves where there is nothing to go through', () => {
    expect(leavesAt(explained('tags: { $each: items, $value: n }', {}), /tags/)).toEqual([])
  })
})

describe('the tables of an explained document', () => {
  const more = 'tables: { s: { a: open, "*": closed } }'
  const entriesOf = (st: unknown, context?: RunContext) =>
    leavesAt(explained('status: $table("s", st)', { st }, { more, context }), /status/)[0]!.tables

  it('name the entry that answered', () => {
    expect(entriesOf('a')).toEqual([{ table: 's', key: 'a', entry: 'a', added: false, value: 'open' }])
    expect(entriesOf('b')).toEqual([{ table: 's', key: 'b', entry: '*', added: false, value: 'closed' }])
    expect(entriesOf(null)).toEqual([])
  })

  it('say when an operator added it', () => {
    expect(entriesOf('b', { tables: { s: { b: 'open' } } })).toEqual([
      { table: 's', key: 'b', entry: 'b', added: true, value: 'open' },
    ])
    expect(entriesOf('c', { tables: { s: { '*': 'open' } } })).toEqual([
      { table: 's', key: 'c', entry: '*', added: true, value: 'open' },
    ])
  })

  it('come along with a variable', () => {
    const found = explained('status: $x', { st: 'a' }, { more: `${more}\nlet: { x: '$table("s", st)' }` })
    expect(leavesAt(found, /status/)).toMatchObject([
      { sources: ['/st'], tables: [{ table: 's', key: 'a' }] },
    ])
  })
})

describe('a record with problems', () => {
  it('is explained as far as it goes, with what a failed rule had read', () => {
    const found = explained('placedAt: $instant(when)\npaid: flag', { when: 'soon', flag: true })
    expect(found.result).toMatchObject({ ok: false, problems: [{ target: '/placedAt' }] })
    const [failed, paid] = leavesAt(found, /placedAt|paid/)
    expect(failed).toMatchObject({ pointer: '/placedAt', sources: ['/when'] })
    expect(failed).not.toHaveProperty('value')
    expect(paid).toMatchObject({ value: true, sources: ['/flag'] })
  })

  it('shows the value that does not fit', () => {
    expect(leavesAt(explained('paid: flag', { flag: 'yes' }), /paid/)).toMatchObject([{ value: 'yes' }])
  })

  it('has no leaves where it is no object', () => {
    const { plan, mapper } = planOf(mappingText(''))
    expect(mapper.explain(plan, null)).toEqual({ result: mapper.run(plan, null), leaves: [] })
  })
})

describe('explaining', () => {
  it('leaves the record alone, also a frozen one', () => {
    const items = [Object.freeze({ n: 'a' })]
    const input = Object.freeze({ items: Object.freeze(items), more: Object.freeze({ a: 'b' }) })
    const found = explained('tags: { $each: items, $value: n }\nattributes: more', input)
    expect(input).toEqual({ items: [{ n: 'a' }], more: { a: 'b' } })
    expect(found.result.ok && found.result.output.body['attributes']).toBe(input.more)
  })

  it('does not spell out a value that an expression made large', () => {
    const big = '$reduce([1..40], function($v, $n) { {"a": $v, "b": $v} }, 1)'
    const found = explained('', {}, { more: `let: { big: ${JSON.stringify(big)}, used: '$exists($big)' }` })
    expect(leavesAt(found, /let.big/)[0]).not.toHaveProperty('value')
  })

  it('names the overlay that a rule stands in', () => {
    const mapper = smallMapper()
    const overlay = {
      path: 'kind/shop/order.overlay.yaml',
      text: 'extends: kind/shop/order\nversion: 1\ndocument:\n  placedAt: other\n',
    }
    const base = { path: 'kind/shop/order.map.yaml', text: mappingText('placedAt: when') }
    const { plan, problems } = mapper.compile(base, [overlay])
    expect(problems).toEqual([])
    const found = mapper.explain(plan!, { id: 1, other: 'x' })
    expect(leavesAt(found, /placedAt/)).toMatchObject([
      { value: 'x', file: overlay.path, line: 4, column: 13, sources: ['/other'] },
    ])
  })

  it('belongs to the mapper that compiled the plan', () => {
    const { plan } = planOf(mappingText(''))
    expect(() => createMapper({ schemas: {} }).explain(plan, {})).toThrow('another mapper')
  })
})
