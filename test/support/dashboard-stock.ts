import type { Router } from 'express'

const AT = '2026-01-15T12:29:00Z'

const count = (location: string, available: number) => ({ source: 'acme-odoo', location, available, at: AT })

const offer = (channel: string, shown: number | null, wanted: number, more: object = {}) => ({
  ...{ channel, shown, wanted, unseen: 0, confirmedAt: AT, drift: null },
  state: shown === wanted ? 'shown' : 'waiting',
  ...more,
})

const item = (sku: string, counts: ReturnType<typeof count>[], more: object) => ({
  ...{ id: `acme:${sku}`, tenant: 'acme', sku, counts, reserved: 0, reservations: 0, nextAt: null },
  counted: counts.reduce((sum, { available }) => sum + available, 0),
  ...{ updatedAt: AT, ...more },
})

const ITEMS = [
  item('TENT-2P-GREEN', [count('Hamburg', 140), count('Lyon', 72)], {
    ...{ reserved: 18, reservations: 11 },
    offers: [offer('acme-amazon-eu', 97, 97), offer('acme-ebay', 40, 48), offer('acme-shopify', 97, 97)],
  }),
  item('BOOT-GTX-42', [count('Hamburg', 9)], {
    ...{ reserved: 2, reservations: 2 },
    offers: [
      offer('acme-amazon-eu', 3, 3),
      offer('acme-ebay', 2, 0, { unseen: 2, state: 'sending' }),
      offer('acme-shopify', 4, 4, { drift: { quantity: 6, at: AT } }),
    ],
  }),
  item('STOVE-TI', [count('Lyon', 3)], {
    ...{ reserved: 5, reservations: 4 },
    offers: [
      offer('acme-amazon-eu', 1, 0, { state: 'refused' }),
      offer('acme-ebay', 0, 0),
      offer('acme-shopify', null, 0),
    ],
  }),
]

/** The ledger: one item in plenty, one that is scarce, one that is oversold. */
export function serveStock(api: Router, { empty = false }: { empty?: boolean }): void {
  api.get('/stock', ({ query }, response) => {
    const items = empty ? [] : ITEMS.filter(({ sku }) => !query['sku'] || sku === query['sku'])
    response.json({ items, next: items.length > 1 ? 'more' : null, total: empty ? 0 : 10_412 })
  })
}
