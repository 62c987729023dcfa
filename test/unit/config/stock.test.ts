import { describe, expect, it } from '@jest/globals'
import type { HubConfig } from '#config/schema.ts'
import { load, refusalOf } from './loading.ts'

const HUB = `
tenants: [{ id: acme, name: Acme }]
connections:
  - { id: shop, tenant: acme, connector: shopify, settings: { shop: a.myshopify.com }, secrets: { webhookSecret: s } }
  - { id: erp, tenant: acme, connector: shopify, settings: { shop: b.myshopify.com }, secrets: { webhookSecret: s } }
`
const rulesOf = (stock: string): HubConfig['stock'] => load(`${HUB}stock: ${stock}`).stock

describe('the rules of stock', () => {
  it('need a tenant, its sources and its channels; all else has a default', () => {
    expect(rulesOf('[{ tenant: acme, sources: [erp], channels: { shop: {} } }]')).toEqual([
      {
        ...{ tenant: 'acme', sources: ['erp'], bundles: {}, splitBelow: 50, settleSeconds: 900 },
        ...{ staleMinutes: 0, staleHoldBack: 100, reservationHours: 72 },
        channels: { shop: { buffer: 0, percent: 100, minimum: 0, priority: 1 } },
      },
    ])
  })

  it.each([
    ['{ tenant: other, sources: [erp] }', 'stock[0].tenant: is no tenant'],
    ['{ tenant: acme, sources: [epr] }', 'stock[0].sources[0]: is no connection'],
    ['{ tenant: acme, sources: [erp], channels: { shpo: {} } }', 'channels.shpo: is no connection'],
    ['{ tenant: acme, sources: [erp], channels: { erp: {} } }', 'channels.erp: is a source too'],
    ['{ tenant: acme, sources: [erp] }, { tenant: acme, sources: [erp] }', 'stock[1].tenant: has its stock'],
    ['{ tenant: acme, sources: [erp], bundles: { A: { B: 1 }, B: { C: 1 } } }', 'has a bundle for a part'],
    ['{ tenant: acme, sources: [erp], channels: { shop: { percent: 101 } } }', 'percent'],
  ])('refuse %s', (rules, message) => {
    expect(refusalOf(`${HUB}stock: [${rules}]`).lines.join()).toContain(message)
  })
})
