import { describe, expect, it } from '@jest/globals'
import type { StoredDocument } from '#core/contracts/store.ts'
import { type CompiledFlow, planDeliveries } from '#core/sync/plan.ts'

const CONNECTIONS = [
  { id: 'shop', tenant: 'acme', connector: 'shopify', kind: 'storefront' },
  { id: 'erp', tenant: 'acme', connector: 'rest-erp', kind: 'erp' },
  { id: 'erp2', tenant: 'acme', connector: 'odoo', kind: 'erp' },
  { id: 'their-erp', tenant: 'other', connector: 'rest-erp', kind: 'erp' },
]

const document: StoredDocument = {
  id: 'order:acme:shop:1',
  resource: 'order',
  key: 'acme:shop:1',
  tenant: 'acme',
  connection: 'shop',
  externalId: '1',
  order: { revision: 1, event: 1, arrival: 1 },
  body: { total: '10.00' },
  hash: 'h',
  mapping: { id: 'storefronts/shopify/order', version: 1 },
  message: 'm',
  receivedAt: 7,
  dependsOn: [],
  revision: 3,
  createdAt: 1,
  updatedAt: 1,
}

const flow = (over: Partial<CompiledFlow>): CompiledFlow => ({
  id: 'f',
  resource: 'order',
  from: ['shop'],
  to: ['erp'],
  admits: () => true,
  ...over,
})
const destinations = (...flows: CompiledFlow[]) =>
  planDeliveries(document, flows, CONNECTIONS).map(({ destination }) => destination)

describe('planDeliveries', () => {
  it('wants the newest revision at the destination, with the flow and the clock of receipt', () => {
    expect(planDeliveries(document, [flow({})], CONNECTIONS)).toEqual([
      {
        id: 'order:acme:shop:1>erp',
        document: 'order:acme:shop:1',
        resource: 'order',
        tenant: 'acme',
        source: 'shop',
        destination: 'erp',
        flow: 'f',
        revision: 3,
        receivedAt: 7,
        priority: 10,
      },
    ])
  })

  it.each([
    ['connection ids', { from: ['shop'], to: ['erp'] }, ['erp']],
    ['connector ids', { from: ['shopify'], to: ['odoo'] }, ['erp2']],
    [
      'kinds, within the tenant',
      { from: ['storefront'], to: ['rest-erp', 'odoo', 'storefront'] },
      ['erp', 'erp2'],
    ],
    ['another source', { from: ['erp2'] }, []],
    ['another resource', { resource: 'return' }, []],
    ['a condition that does not hold', { admits: () => false }, []],
  ])('understands %s', (_, over, expected) => expect(destinations(flow(over))).toEqual(expected))

  it('takes a name that is a kind and a connection for the connection', () => {
    expect(destinations(flow({ to: ['erp'] }))).toEqual(['erp'])
    const renamed = CONNECTIONS.map(one => (one.id === 'erp' ? { ...one, id: 'main' } : one))
    expect(
      planDeliveries(document, [flow({ to: ['erp'] })], renamed).map(({ destination }) => destination),
    ).toEqual(['main', 'erp2'])
  })

  it('delivers once where two flows name the same destination', () => {
    expect(destinations(flow({ id: 'a' }), flow({ id: 'b', to: ['erp', 'erp2'] }))).toEqual(['erp', 'erp2'])
  })

  describe('to the origin', () => {
    const shipped = (dependsOn: string[], connection = 'wms'): StoredDocument => ({
      ...document,
      ...{ id: `shipment:acme:${connection}:7`, resource: 'shipment', connection, dependsOn },
    })
    const endpoints = [
      ...CONNECTIONS,
      { id: 'wms', tenant: 'acme', connector: 'shipbob', kind: 'fulfilment' },
      { id: 'shop2', tenant: 'acme', connector: 'shopify', kind: 'storefront' },
    ]
    const back = flow({ resource: 'shipment', from: ['wms', 'storefront'], to: ['origin'] })
    const planned = (given: StoredDocument, at = endpoints) =>
      planDeliveries(given, [back], at).map(({ destination }) => destination)

    it.each<[string, StoredDocument, string[]]>([
      ['is exactly the connection that the order came from', shipped(['order:acme:shop:1']), ['shop']],
      ['is not one whose id begins alike', shipped(['order:acme:shop2:1']), ['shop2']],
      ['is nowhere without an order', shipped([]), []],
      ['is nothing else that it depends on', shipped(['product:acme:shop:1']), []],
      ['is never where the document itself came from', shipped(['order:acme:shop:1'], 'shop'), []],
      ['is never with another tenant', shipped(['order:other:their-erp:1']), []],
    ])('%s', (_, given, expected) => expect(planned(given)).toEqual(expected))

    it('is a connection of that name where there is one', () =>
      expect(
        planned(shipped(['order:acme:shop:1']), [...endpoints, { ...endpoints[0]!, id: 'origin' }]),
      ).toEqual(['origin']))
  })

  it('gives the condition the canonical body', () => {
    const seen: unknown[] = []
    destinations(flow({ admits: body => seen.push(body) > 0 }))
    expect(seen).toEqual([document.body])
  })
})
