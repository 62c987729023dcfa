import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import type { MappingLayer, MappingView } from '#workers/web/dashboard/src/api/mapping-types.ts'
import { layerChoices } from '#workers/web/dashboard/src/mappings/layers.ts'
import { layerOf, standsIn } from '#workers/web/dashboard/src/mappings/pointing.ts'

const ID = 'storefronts/shopify/order'
const CONNECTION = { id: 'acme-shopify', tenant: 'acme', connector: 'shopify' }

const shipped: MappingLayer = { scope: '*', path: `${ID}.map.yaml`, published: null, text: 'version: 1' }
const published = (scope: MappingLayer['scope'], number: number): MappingLayer => ({
  scope,
  path: `${ID}.overlay.yaml`,
  published: { number, by: 's1', at: '2026-01-15T11:00:00Z', note: null },
  text: 'version: 2',
})
const view = (layers: MappingLayer[]): MappingView => ({
  ...{ id: ID, version: 1, connector: 'shopify', topics: [], target: 'order', overlays: [], published: null },
  ...{ text: '', cases: '', problems: [], layers },
  leaves: [
    { pointer: '/note', expression: '$text("n")' },
    { pointer: '/tags', expression: 'tags' },
    { pointer: '/tags/*', expression: '$' },
  ],
})
const labels = (layers: MappingLayer[]) => layerChoices(view(layers), CONNECTION).map(({ label }) => label)

describe('the layers to choose from', () => {
  it('are the narrowest first, then the overlays that could be made', () =>
    expect(labels([shipped, published('tenant:acme', 3)])).toEqual([
      'Published for tenant acme, #3',
      'Shipped file',
      'New overlay for everybody',
      'New overlay for connection acme-shopify',
    ]))

  it('begin a new overlay with a whole leaf of the mapping, as it is', () => {
    const fresh = layerChoices(view([shipped]), CONNECTION).at(-1)!
    expect(parse(fresh.text)).toEqual({
      extends: ID,
      for: { connection: 'acme-shopify' },
      version: 1,
      document: { note: '$text("n")' },
    })
  })
})

describe('a rule', () => {
  const choices = layerChoices(view([shipped, published('*', 1), published('tenant:acme', 3)]), CONNECTION)
  const [tenant, everybody, base] = choices as [(typeof choices)[0], (typeof choices)[0], (typeof choices)[0]]

  it('stands in the lowest layer when it names no file', () =>
    expect(layerOf(choices, undefined, tenant)).toBe(base))

  it('stands in the published layer that it names by scope and number', () =>
    expect(layerOf(choices, `${ID}.overlay.yaml (*#1)`, tenant)).toBe(everybody))

  it('of the text being edited stands in the open layer', () =>
    expect(standsIn(tenant, choices, `${ID}.overlay.yaml`)).toBe(true))
})
