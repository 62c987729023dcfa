import { describe, expect, it } from '@jest/globals'
import { explained, sourcesOf } from './explain-small.ts'
import { mappingText, planOf } from './small-mapper.ts'

describe('the sources of an explained document', () => {
  it('have the positions of the record, not of the document, behind $when', () => {
    const input = { items: [{ n: 'a' }, { n: 'b', keep: true }, { n: 'c', keep: true }] }
    expect(sourcesOf(explained('tags: { $each: items, $when: keep, $value: n }', input), /tags/)).toEqual({
      '/tags/0': ['/items/1/n'],
      '/tags/1': ['/items/2/n'],
    })
  })

  it('follow $each in $each, $with and $$', () => {
    const text = mappingText('billing: { $with: customer.address, city: town, name: $$.who }').replace(
      'price: price }',
      () => "price: price, taxes: { $each: taxes, amount: '$money(amount, $$.currency)' } }",
    )
    const { plan, mapper } = planOf(text)
    const found = mapper.explain(plan, {
      ...{ id: 1, currency: 'EUR', who: 'Jo', customer: { address: { town: 'Rome' } } },
      lines: [
        { sku: 's', price: '1' },
        { sku: 't', price: '2', taxes: [{}, { amount: '3' }] },
      ],
    })
    expect(sourcesOf(found, /billing|amount/)).toEqual({
      '/billing/city': ['/customer/address/town'],
      '/billing/name': ['/who'],
      '/lines/1/taxes/0/amount': ['/currency'],
      '/lines/1/taxes/1/amount': ['/lines/1/taxes/1/amount', '/currency'],
    })
  })

  it('have the item that a predicate or a position found, beside what it looked at', () => {
    const input = {
      at: 1,
      list: [
        { k: 'a', v: 'x' },
        { k: 'b', v: 'y' },
      ],
    }
    const found = explained(
      `placedAt: 'list[k = "b"].v'\nstatus: '($i := at; $$.list[$i].k = "b" ? "open")'`,
      input,
    )
    expect(sourcesOf(found, /placedAt|status/)).toEqual({
      '/placedAt': ['/list/0/k', '/list/1/k', '/list/1/v'],
      '/status': ['/at', '/list/1/k'],
    })
  })

  it('have those of the variables that were read, and of those behind them', () => {
    const found = explained(
      'placedAt: $b\nstatus: \'$b = "1!" ? "open"\'\npaid: flag',
      { a: '1', flag: true },
      {
        more: 'let: { a: a, b: $a & "!" }',
      },
    )
    expect(sourcesOf(found, /placedAt|status|paid|let/)).toEqual({
      'let.a': ['/a'],
      'let.b': ['/a'],
      '/placedAt': ['/a'],
      '/status': ['/a'],
      '/paid': ['/flag'],
    })
  })

  it('go through a variable that holds a part of the record to the field in it', () => {
    const found = explained(
      'placedAt: $address.town',
      { customer: { address: { town: 'Rome', street: 'x' } } },
      {
        more: 'let: { address: customer.address }',
      },
    )
    expect(sourcesOf(found, /placedAt|let/)).toEqual({
      'let.address': ['/customer/address'],
      '/placedAt': ['/customer/address/town'],
    })
  })

  it('have the position of a plain item, also of one among equals', () => {
    expect(
      sourcesOf(explained('tags: { $each: tags, $value: $trim($) }', { tags: ['a', 'b'] }), /tags/),
    ).toEqual({
      '/tags/0': ['/tags/0'],
      '/tags/1': ['/tags/1'],
    })
    const input = { people: [{ name: 'a' }, {}, { name: 'b' }, { name: 'a' }] }
    expect(sourcesOf(explained('tags: { $each: people.name, $value: $ }', input), /tags/)).toEqual({
      '/tags/0': ['/people/0/name'],
      '/tags/1': ['/people/2/name'],
      '/tags/2': ['/people/3/name'],
    })
  })

  it('have what items were made of that stand in no field themselves', () => {
    const found = explained(`tags: { $each: '$split(t, ",")', $value: $ }`, { t: 'a,b' })
    expect(sourcesOf(found, /tags/)).toEqual({ '/tags/0': ['/t'], '/tags/1': ['/t'] })
  })

  it('have the part that was used of an object that an expression made', () => {
    const found = explained(`billing: { $with: '{"a": x, "b": y}', city: a, name: b }`, { x: 'X', y: 'Y' })
    expect(sourcesOf(found, /billing/)).toEqual({ '/billing/city': ['/x'], '/billing/name': ['/y'] })
  })

  it('have a whole object or list by itself', () => {
    const found = explained('tags: labels\nattributes: more', { labels: ['x'], more: { a: 'b' } })
    expect(sourcesOf(found, /tags|attributes/)).toEqual({ '/tags': ['/labels'], '/attributes': ['/more'] })
  })

  it('escape the names of fields', () => {
    const found = explained('placedAt: "`a/b`.`c~d`"', { 'a/b': { 'c~d': 'x' } })
    expect(sourcesOf(found, /placedAt/)).toEqual({ '/placedAt': ['/a~1b/c~0d'] })
  })
})
