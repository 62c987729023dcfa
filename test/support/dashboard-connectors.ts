import type { Router } from 'express'
import type { DashboardServerOptions } from './dashboard-server.ts'

const connector = (id: string, name: string, rest: object = {}) => ({
  ...{ id, name, kind: 'storefront', connects: 'no', probes: true },
  api: { version: '1', docs: `https://${id}.example` },
  settings: { type: 'object', properties: {} },
  ...rest,
})

const SHOP = {
  type: 'string',
  title: 'Shop',
  description: 'The permanent domain of the store, as in acme.myshopify.com.',
  pattern: '^[a-z0-9][a-z0-9-]*\\.myshopify\\.com$',
}

/** Partners by agreement, one of them without an app, and API versions that end sooner and later. */
export function serveConnectors(api: Router, { empty }: DashboardServerOptions): void {
  const items = [
    connector('shopify', 'Shopify', {
      ...{ connects: 'yes', auth: { kind: 'oauth2', settingsFromCallback: { shop: 'shop' } } },
      api: { version: '2026-10', sunset: '2027-10-01', docs: 'https://shopify.dev' },
      settings: { required: ['shop'], properties: { shop: SHOP } },
    }),
    connector('amazon', 'Amazon', {
      ...{ kind: 'marketplace', connects: 'no-app', auth: { kind: 'oauth2' } },
      api: { version: 'orders v0', sunset: '2026-03-27', docs: 'https://amazon.example' },
    }),
    connector('odoo', 'Odoo', {
      kind: 'erp',
      api: { version: '14', sunset: '2026-01-01', docs: 'https://odoo.example' },
    }),
    connector('bigcommerce', 'BigCommerce', {
      connects: 'yes',
      auth: { kind: 'oauth2' },
      api: { version: 'v3', docs: 'https://bigcommerce.example' },
    }),
  ]
  api.get(
    '/connectors',
    (_, response) => void response.json({ items: empty ? [] : items, next: null, total: items.length }),
  )
  api.post('/invitations', (_, response) => {
    response
      .status(201)
      .json({ url: 'https://hub.example/connect/shopify?invitation=xdc_once', expiresAt: 1 })
  })
}
