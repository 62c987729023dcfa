import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export const SECRET = 'stock-storm-secret'
export const SHOPS = ['shop-a', 'shop-b'] as const
export const WAREHOUSE = 'warehouse'

/** Later than any sale here is told: the hub is away for seconds only. */
const SETTLE_SECONDS = 45

const MAPPINGS: Record<string, string> = {
  'storm/order.map.yaml': `
version: 1
connector: http-shop
topics: [order.created]
target: order
identity: id
revision: at
document:
  externalId: id
  number: id
  channel: '"shop"'
  placedAt: $instant(at)
  currency: '"EUR"'
  taxesIncluded: false
  lines: { $each: lines, sku: sku, title: sku, quantity: quantity, unitPrice: '"1.00"' }
  totals: { total: total }
`,
  'storm/count.map.yaml': `
version: 1
connector: http-shop
topics: [stock.counted]
target: inventory
identity: sku
revision: at
document:
  externalId: sku
  channel: '"warehouse"'
  sku: sku
  location: { code: '"MAIN"' }
  available: free
  countedAt: $instant(at)
`,
  'storm/figure.map.yaml': `
version: 1
connector: http-shop
from: inventory
document: { sku: sku, quantity: available }
`,
}

function mappingsFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stock-storm-'))
  for (const [path, text] of Object.entries(MAPPINGS)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

const webhooks = (topics: Record<string, string>) => ({
  signature: { kind: 'hmac', header: 'X-Signature', encoding: 'hex' },
  topic: { header: 'X-Event' },
  topics,
  dedupeKey: [{ header: 'X-Delivery' }],
})

/** A warehouse that counts, and two shops that sell what they are told to show. */
export const declaredStock = (shopsUrl: string) => ({
  tenants: [{ id: 'acme', name: 'Acme Outdoor' }],
  connections: [
    {
      ...{ id: WAREHOUSE, tenant: 'acme', connector: 'http-shop', secrets: { webhookSecret: SECRET } },
      settings: { baseUrl: shopsUrl, webhooks: webhooks({ 'stock.counted': 'inventory' }) },
    },
    ...SHOPS.map(id => ({
      ...{ id, tenant: 'acme', connector: 'http-shop', secrets: { webhookSecret: SECRET } },
      settings: {
        baseUrl: `${shopsUrl}/${id}`,
        auth: { kind: 'none' },
        webhooks: webhooks({ 'order.created': 'order' }),
        pushes: { inventory: { method: 'PUT', path: '/stock/{/sku}' } },
        mapping: { inventory: 'storm/figure' },
      },
    })),
  ],
  stock: [
    {
      ...{ tenant: 'acme', sources: [WAREHOUSE], settleSeconds: SETTLE_SECONDS, splitBelow: 1_000_000 },
      channels: Object.fromEntries(SHOPS.map(id => [id, {}])),
    },
  ],
  mappings: { overlays: mappingsFolder() },
  engine: { leaseMs: 3_000 },
  security: { allowPrivateHosts: ['127.0.0.1'] },
})
