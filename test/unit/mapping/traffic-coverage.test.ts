import { describe, expect, it } from '@jest/globals'
import type { JsonSchema } from '#core/contracts/connector.ts'
import { createMapper } from '#core/mapping/mapper.ts'
import { mappingText } from './small-mapper.ts'

const anything: JsonSchema = { type: 'object', additionalProperties: true }

const source: JsonSchema = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    buyer: { type: ['object', 'null'], properties: { name: { type: 'string' }, note: { type: 'string' } } },
    lines: {
      type: 'array',
      items: { type: 'object', properties: { sku: { type: 'string' }, price: { type: 'string' } } },
    },
    extra: { type: 'object', additionalProperties: { type: 'string' } },
    tags: { type: 'array', items: { type: 'string' } },
  },
}

/** Read and declared fields of records, each as `pointer count`. */
function coverageOf(document: string, records: unknown[], more = '') {
  const mapper = createMapper({ schemas: { order: anything }, sources: { 'kind/shop/order': source } })
  const text = mappingText(document, `source: order\n${more}`)
  const { plan, problems } = mapper.compile({ path: 'kind/shop/order.map.yaml', text })
  if (!plan) throw new Error(JSON.stringify(problems))
  const { fields, ...totals } = mapper.coverage(plan, records)
  const shown = (key: 'read' | 'declared', value: boolean) =>
    fields.filter(field => field[key] === value).map(({ pointer, count }) => `${pointer} ${count}`)
  return {
    ...totals,
    read: shown('read', true),
    unreadFields: shown('read', false),
    new: shown('declared', false),
  }
}

describe('the coverage of a mapping', () => {
  it('says of every field how often it came, who reads it and whether the schema knows it', () => {
    const records = [
      {
        id: 1,
        lines: [{ sku: 'a', price: '1', color: 'red' }, { sku: 'b' }],
        buyer: { name: 'x', note: 'y' },
      },
      { id: 2, lines: [] },
    ]
    expect(coverageOf('buyer: buyer.name', records)).toEqual({
      records: 2,
      unread: 2,
      undeclared: 1,
      read: ['/id 2', '/lines/*/sku 2', '/lines/*/price 1', '/buyer/name 1', '/lines 1'],
      unreadFields: ['/lines/*/color 1', '/buyer/note 1'],
      new: ['/lines/*/color 1'],
    })
  })

  it('counts all that is in a value which is used whole', () => {
    const records = [{ id: 1, buyer: { name: 'x', note: 'y' } }]
    expect(coverageOf('buyer: buyer', records).unreadFields).toEqual([])
    expect(coverageOf('any: $string(buyer)', records).unreadFields).toEqual([])
  })

  it('does not take going to a place, or asking whether it is there, for reading all that is in it', () => {
    const records = [{ id: 1, buyer: { name: 'x', note: 'y' } }]
    for (const document of [
      'buyer: { $with: buyer, name: name }',
      `buyer: 'buyer ? buyer.name : "none"'`,
      'buyers: { $each: buyer, name: name }',
    ])
      expect(coverageOf(document, records).unreadFields).toEqual(['/buyer/note 1'])
  })

  it('follows variables to the fields that they stand for', () => {
    const records = [{ id: 1, buyer: { name: 'x', note: 'y' } }]
    expect(coverageOf('a: $buyer.name', records, 'let: { buyer: buyer }').unreadFields).toEqual([
      '/buyer/note 1',
    ])
  })

  it('takes an empty or absent object for read when something in it is', () => {
    expect(coverageOf('a: buyer.name', [{ id: 1, buyer: null, tags: [] }]).unreadFields).toEqual(['/tags 1'])
  })

  it('names free keys by one pointer', () => {
    const { unreadFields } = coverageOf('a: id', [{ id: 1, extra: { x: 'a', y: 'b' } }])
    expect(unreadFields).toEqual(['/extra/* 2'])
  })

  it('knows a field that a wildcard reads', () => {
    expect(coverageOf('a: buyer.*', [{ id: 1, buyer: { name: 'x' } }]).unreadFields).toEqual([])
    expect(coverageOf('a: "**.name"', [{ id: 1, buyer: { name: 'x', note: 'y' } }]).unreadFields).toEqual([
      '/buyer/note 1',
    ])
  })
})
