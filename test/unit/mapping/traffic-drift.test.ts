import { describe, expect, it } from '@jest/globals'
import type { JsonSchema } from '#core/contracts/connector.ts'
import { Schemas } from '#core/mapping/check/schema-view.ts'
import { createDriftDetector, type Found } from '#core/mapping/traffic/drift.ts'

const common: JsonSchema = {
  $defs: {
    line: {
      type: 'object',
      required: ['sku'],
      properties: {
        sku: { type: ['string', 'null'] },
        quantity: { type: 'integer' },
        weight: { type: 'number' },
      },
    },
    tree: { type: 'object', properties: { name: { type: 'string' }, below: { $ref: '#/$defs/tree' } } },
  },
}

const order: JsonSchema = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'integer' },
    status: { type: ['string', 'null'], enum: ['open', 'closed', null] },
    lines: { type: 'array', items: { $ref: 'common.source.schema.json#/$defs/line' } },
    tree: { $ref: 'common.source.schema.json#/$defs/tree' },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    free: { type: 'object', additionalProperties: true },
    'a/b': { type: 'boolean' },
    unsaid: { description: 'Anything.' },
  },
}

const sources = new Schemas({ 'kind/shop/common': common, 'kind/shop/order': order }, '.source.schema.json')
const detect = createDriftDetector(sources.view('kind/shop/order')!)

const short = (found: readonly Found[]) =>
  found.map(({ kind, pointer, value }) => `${kind} ${pointer} ${value}`.trim())

describe('what differs from the source schema', () => {
  it.each([
    ['nothing', { id: 1, status: 'open', lines: [{ sku: null }], labels: { a: 'b' }, free: { x: [1] } }, []],
    ['an unknown field', { id: 1, extra: 'x' }, ['new-field /extra']],
    ['an unknown field in items', { id: 1, lines: [{ sku: 'a', color: 1 }] }, ['new-field /lines/*/color']],
    ['a missing field', {}, ['vanished-field /id']],
    ['a missing field in an item', { id: 1, lines: [{ sku: 'a' }, {}] }, ['vanished-field /lines/*/sku']],
    ['an unknown value', { id: 1, status: 'held' }, ['new-value /status held']],
    ['a known null', { id: 1, status: null }, []],
    ['a null that was not foreseen', { id: null }, ['type-change /id null']],
    ['another type', { id: 1, lines: { sku: 'a' } }, ['type-change /lines object']],
    ['a fraction where whole numbers were', { id: 1.5 }, ['type-change /id number']],
    ['a whole number where fractions may be', { id: 1, lines: [{ sku: 'a', weight: 2 }] }, []],
    ['a text where a truth was', { id: 1, 'a/b': 'yes' }, ['type-change /a~1b string']],
    ['a wrong value under a free key', { id: 1, labels: { x: 1 } }, ['type-change /labels/* number']],
    ['an id that no double holds', { id: '820982911946154508' }, []],
    ['another text for an id', { id: 'abc' }, ['type-change /id string']],
    [
      'something far down a schema that refers to itself',
      { id: 1, tree: { below: { below: { nam: 1 } } } },
      ['new-field /tree/below/below/nam'],
    ],
    ['a record that is none', 5, ['type-change  number']],
  ])('is found: %s', (_name, record, expected) => {
    expect(short(detect(record))).toEqual(expected)
  })

  it('comes with what stands there', () => {
    expect(detect({ id: 1, extra: { deep: [1] } })[0]!.sample).toEqual({ deep: [1] })
    expect(detect({})[0]!.sample).toBeUndefined()
  })

  it('is said once a record, however many items have it', () => {
    const lines = Array.from({ length: 500 }, () => ({ sku: 'a', color: 'red' }))
    expect(short(detect({ id: 1, lines }))).toEqual(['new-field /lines/*/color'])
  })

  it('is bounded in number', () => {
    const record = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`new${n}`, n]))
    expect(detect({ id: 1, ...record })).toHaveLength(50)
  })

  it('is bounded in depth', () => {
    let tree: object = { odd: true }
    for (let depth = 0; depth < 5_000; depth++) tree = { below: tree }
    expect(detect({ id: 1, tree })).toEqual([])
  })

  it('leaves nothing behind in the next record', () => {
    expect(short(detect({ id: 1, extra: 1 }))).toHaveLength(1)
    expect(detect({ id: 1 })).toEqual([])
  })
})
