import { describe, expect, it } from '@jest/globals'
import { createMapper } from '#core/mapping/mapper.ts'
import { mappingText, planOf } from './small-mapper.ts'

const readsOf = (document: string, more = ''): Record<string, readonly string[]> => {
  const { plan, mapper } = planOf(mappingText(document, more))
  return Object.fromEntries(mapper.describe(plan).map(({ pointer, reads }) => [pointer, reads]))
}

describe('the lineage of a plan', () => {
  it('says for every leaf what makes it and where it stands', () => {
    const { plan, mapper } = planOf(mappingText('placedAt: $instant(created_at)'))
    expect(mapper.describe(plan)).toContainEqual({
      pointer: '/placedAt',
      expression: '$instant(created_at)',
      line: 9,
      column: 13,
      reads: ['/created_at'],
    })
  })

  it('follows $each, $with, $$ and let to the field of the record', () => {
    const document =
      'billing: { $with: customer.address, city: town, name: $$.who }\ntags: { $each: items, $value: "name & $prefix" }'
    expect(readsOf(document, 'let: { prefix: settings.prefix }')).toMatchObject({
      identity: ['/id'],
      'let.prefix': ['/settings/prefix'],
      '/billing/city': ['/customer/address/town'],
      '/billing/name': ['/who'],
      '/lines/*/price': ['/lines/*/price'],
      '/tags/*': ['/items/*/name', '/settings/prefix'],
    })
  })

  it.each([
    ['a[b = c].d', ['/a/b', '/a/c', '/a/d']],
    ['a.{"k": b}.k', ['/a/b']],
    ['a.(b & c)', ['/a/b', '/a/c']],
    ['a ? b : $trim(c)', ['/a', '/c', '/b']],
    ['$sum(a.b) + $count(c)', ['/a/b', '/c']],
    ['a.*.b', ['/a/*/b']],
    ['**.b', ['/**/b']],
    ['a^(b).c', ['/a/b', '/a/c']],
    ['a{b: c}', ['/a/b', '/a/c']],
    ['$map(a, function($v) { $v.b })', ['/a/b']],
    ['`a/b`.`c~d`', ['/a~1b/c~0d']],
    ['a.$string(b)', ['/a/b']],
  ])('%s reads %j', (expression, reads) => {
    expect(readsOf('', `let: { x: ${JSON.stringify(expression)} }`)['let.x']).toEqual(reads)
  })

  it('belongs to the mapper that compiled the plan', () => {
    const { plan } = planOf(mappingText(''))
    expect(() => createMapper({ schemas: {} }).describe(plan)).toThrow('another mapper')
  })
})

describe('a plan', () => {
  it('is frozen and names what can be known of it', () => {
    const { plan } = planOf(mappingText('status: $table("s", a)', 'tables: { s: { a: open } }'))
    expect(plan).toEqual({
      id: 'kind/shop/order',
      version: 1,
      connector: 'shop',
      topics: ['order'],
      overlays: [],
      source: null,
      target: 'order',
      tables: ['s'],
      interpreted: [],
    })
    expect(Object.isFrozen(plan) && Object.isFrozen(plan.topics)).toBe(true)
  })
})
