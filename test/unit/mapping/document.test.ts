import { describe, expect, it } from '@jest/globals'
import { bodyOf, mappingText, partsOf, planOf } from './small-mapper.ts'

describe('a mapped document', () => {
  it('leaves out members whose value is absent or null', () => {
    expect(partsOf('placedAt: when\npaid: is_paid', { is_paid: null })).toEqual({})
    expect(Object.keys(partsOf('placedAt: when', {}))).toEqual([])
  })

  it('writes YAML numbers and booleans as they are', () => {
    expect(partsOf('paid: true\ncount: 3', {})).toEqual({ paid: true, count: 3 })
  })

  it('writes a number as its digits where the schema wants a text', () => {
    expect(partsOf('placedAt: n', { n: 820982911946154 })).toEqual({ placedAt: '820982911946154' })
    expect(partsOf('placedAt: n', { n: 1e22 })).toEqual({ placedAt: '10000000000000000000000' })
  })

  it('writes a single value as a list where the schema wants one', () => {
    expect(partsOf('tags: people.name', { people: [{ name: 'a' }] })).toEqual({ tags: ['a'] })
    expect(partsOf('tags: people.name', { people: [{ name: 'a' }, { name: 'b' }] })).toStrictEqual({
      tags: ['a', 'b'],
    })
  })

  it('goes through $each with the item as context, $$ as record and $index as position', () => {
    const document = 'tags: { $each: items, $value: "$$.prefix & name & $index" }'
    expect(partsOf(document, { prefix: '#', items: [{ name: 'a' }, { name: 'b' }] })).toEqual({
      tags: ['#a0', '#b1'],
    })
  })

  it('makes an array of $each also for nothing, one object and null', () => {
    expect(partsOf('tags: { $each: items, $value: $ }', {})).toEqual({ tags: [] })
    expect(partsOf('tags: { $each: items, $value: $ }', { items: null })).toEqual({ tags: [] })
    expect(partsOf('tags: { $each: items, $value: $ }', { items: 'one' })).toEqual({ tags: ['one'] })
  })

  it('leaves out items that $when refuses and values that are absent', () => {
    const document = 'tags: { $each: items, $when: keep, $value: name }'
    expect(
      partsOf(document, { items: [{ keep: true, name: 'a' }, { keep: false, name: 'b' }, { keep: true }] }),
    ).toEqual({ tags: ['a'] })
  })

  it('goes through arrays in arrays', () => {
    const text = mappingText('').replace(
      'price: price }',
      () => "price: price, taxes: { $each: taxes, amount: '$money(amount, $$.currency)' } }",
    )
    const lines = [
      { sku: 's', price: '1', taxes: [{ amount: 1 }, { amount: '2' }] },
      { sku: 't', price: '2' },
    ]
    expect(bodyOf(text, { currency: 'EUR', lines })['lines']).toEqual([
      { sku: 's', price: '1', taxes: [{ amount: '1.00' }, { amount: '2.00' }] },
      { sku: 't', price: '2', taxes: [] },
    ])
  })

  it('leaves an object out when all its members are absent, and does not miss its required leaf then', () => {
    expect(partsOf('billing: { name: who, city: town }', {})).toEqual({})
    expect(partsOf('billing: { name: who, city: town, labels: { $each: tags, $value: $ } }', {})).toEqual({})
  })

  it('keeps the empty list of an object that is there', () => {
    expect(partsOf('billing: { city: town, labels: { $each: tags, $value: $ } }', { town: 'Rome' })).toEqual({
      billing: { city: 'Rome', labels: [] },
    })
  })

  it('changes the context with $with and leaves the object out without one', () => {
    expect(
      partsOf('billing: { $with: address, city: town, name: $$.who }', {
        who: 'Jo',
        address: { town: 'Rome' },
      }),
    ).toEqual({
      billing: { city: 'Rome', name: 'Jo' },
    })
    expect(partsOf('billing: { $with: address, city: $$.who }', { who: 'Jo' })).toEqual({})
    expect(partsOf('billing: { $with: address, city: $$.who }', { who: 'Jo', address: null })).toEqual({})
  })

  it('sees a list as $with as JSONata does: paths go through its items', () => {
    expect(
      partsOf('tags: { $each: list, $value: town }', { list: [[{ town: 'a' }], [{ town: 'b' }]] }),
    ).toEqual({ tags: ['a', 'b'] })
    expect(partsOf('billing: { $with: list, city: town }', { list: [{ town: 'Rome' }] })).toEqual({
      billing: { city: 'Rome' },
    })
  })

  it('evaluates let in order, once, for everything below', () => {
    const more = 'let:\n  first: a\n  second: $first & b\nnumber: $second\nrevision: $length($second)'
    const { run } = planOf(mappingText('placedAt: $second', more))
    expect(run({ id: 1, a: 'x', b: 'y' })).toEqual({
      ok: true,
      output: {
        externalId: '1',
        number: 'xy',
        revision: 2,
        dependsOn: [],
        body: { number: '1', lines: [], placedAt: 'xy' },
      },
    })
  })

  it('looks values up in tables: entry, default entry, absent value, and the operator’s entries first', () => {
    const more = 'tables:\n  status: { paid: closed, 1: open, "*": open }'
    const look = (value: unknown, tables?: Record<string, Record<string, unknown>>) =>
      partsOf(
        'status: $table("status", s)',
        { s: value },
        { more, ...(tables ? { context: { tables } } : {}) },
      )
    expect(look('paid')).toEqual({ status: 'closed' })
    expect(look(1)).toEqual({ status: 'open' })
    expect(look('constructor')).toEqual({ status: 'open' })
    expect(look(null)).toEqual({})
    expect(look('paid', { status: { paid: 'open' } })).toEqual({ status: 'open' })
    expect(look('odd', { status: { odd: 'closed' }, other: {} })).toEqual({ status: 'closed' })
  })

  it('sees what the hub binds', () => {
    const bindings = {
      topic: 'order',
      headers: { x: 'h' },
      connection: { id: 'c', settings: { name: 'n' } },
      settings: { name: 'n' },
    }
    const document = "tags: '[$topic, $headers.x, $connection.settings.name, $settings.name]'"
    expect(partsOf(document, {}, { context: { bindings } })).toEqual({ tags: ['order', 'h', 'n', 'n'] })
  })

  it('gives the same answer for the same record and leaves the record as it is', () => {
    const { run } = planOf(mappingText('tags: people.name\nbilling: { city: town }'))
    const record = { id: 1, town: 'Rome', people: [{ name: 'a' }, { name: 'b' }] }
    const before = structuredClone(record)
    const first = run(record)
    expect(run(record)).toEqual(first)
    expect(record).toEqual(before)
  })
})

describe('identity, number, revision and dependencies', () => {
  const outputOf = (more: string, input: object) => {
    const result = planOf(mappingText('', more)).run({ id: 'i', ...input })
    if (!result.ok) throw new Error(JSON.stringify(result))
    return result.output
  }

  it('writes numbers as digits', () => {
    const { run } = planOf(mappingText('', 'number: n'))
    expect(run({ id: 12345678901, n: 7 })).toMatchObject({
      output: { externalId: '12345678901', number: '7' },
    })
  })

  it('takes an RFC 3339 revision as milliseconds, with the fraction of one, and a number as it is', () => {
    expect(outputOf('revision: at', { at: '2026-01-02T03:04:05-05:00' }).revision).toBe(
      Date.UTC(2026, 0, 2, 8, 4, 5),
    )
    expect(outputOf('revision: at', { at: '2026-01-02T03:04:05.1234Z' }).revision).toBeCloseTo(
      Date.UTC(2026, 0, 2, 3, 4, 5) + 123.4,
    )
    expect(outputOf('revision: at', { at: 42 }).revision).toBe(42)
    expect(outputOf('revision: at', {})).not.toHaveProperty('revision')
  })

  it('names a dependency by the id that the hub wrote, by its key, or by both of the same place', () => {
    const more =
      'dependsOn:\n  - { resource: order, linkId: orders.id, key: orders.reference }\n  - { resource: product, key: product }'
    const orders = [
      { id: 1, reference: 'acme:shop:7' },
      { id: 2, reference: '#1002' },
    ]
    expect(outputOf(more, { orders, product: 'p' }).dependsOn).toEqual([
      { resource: 'order', linkId: '1', key: 'acme:shop:7' },
      { resource: 'order', linkId: '2', key: '#1002' },
      { resource: 'product', key: 'p' },
    ])
    expect(outputOf(more, { orders: { reference: 'x' } }).dependsOn).toEqual([
      { resource: 'order', key: 'x' },
    ])
    expect(outputOf(more, {}).dependsOn).toEqual([])
  })

  it('leaves out a dependency without an id and makes one of each id of a list', () => {
    const more =
      'dependsOn:\n  - { resource: order, externalId: order_id }\n  - { resource: product, externalId: items.id }'
    expect(outputOf(more, { items: [{ id: 1 }, { id: 'b' }] }).dependsOn).toEqual([
      { resource: 'product', externalId: '1' },
      { resource: 'product', externalId: 'b' },
    ])
  })
})

describe('skip', () => {
  it('ends the run with its reason and makes nothing', () => {
    const context = { bindings: { connection: { settings: { skip: true } } } }
    const { run } = planOf(mappingText('', 'skip: test and $connection.settings.skip'))
    expect(run({ test: true }, context)).toEqual({ ok: false, skipped: 'SOURCE_SKIPPED' })
    expect(run({ id: 1, test: false }, context)).toMatchObject({ ok: true })
    const reasoned = planOf(mappingText('', 'skip: { expression: thin, reason: COVERED_ELSEWHERE }'))
    expect(reasoned.run({ thin: true })).toEqual({ ok: false, skipped: 'COVERED_ELSEWHERE' })
  })
})
