import { Delivery, type Desk } from './business-central-desk.ts'

export const KEY = 'acme:acme-shopify:5551'

export const SETTINGS = {
  ...{ shippingAccount: '6810', feeAccount: '6820', discountAccount: '6910', adjustmentAccount: '6920' },
}

/** An order with tax in its prices: 19 % on mugs, 7 % on books. */
export const order = (mugs: number, more: Record<string, unknown> = {}) => ({
  externalId: '5551',
  number: '#1001',
  channel: 'shopify',
  placedAt: '2026-05-04T08:00:00Z',
  currency: 'EUR',
  taxesIncluded: true,
  email: 'Zoe@Example.com',
  shippingAddress: {
    name: 'Zoë Brûlé',
    line1: '12 Canal St',
    city: 'Chicago',
    postalCode: '60606',
    country: 'US',
  },
  lines: [
    {
      externalId: '1',
      title: 'Trail Mug',
      sku: 'MUG-1',
      quantity: mugs,
      unitPrice: '11.90',
      discountTotal: '1.00',
    },
    { externalId: '2', title: 'Atlas', sku: 'BOOK-1', quantity: 1, unitPrice: '10.70' },
  ],
  shippingLines: [{ title: 'Express', price: '4.90' }],
  discounts: [{ amount: '2.00', code: 'MAY' }],
  totals: { total: (11.9 * mugs - 1 + 10.7 + 4.9 - 2).toFixed(2) },
  ...more,
})

export const bodyOf = (desk: Desk, mugs: number, more?: Record<string, unknown>) =>
  desk.body('order', order(mugs, more), { settings: SETTINGS })

/** Its revision is the number of mugs. */
export const deliveryOf = (desk: Desk, key = KEY): Delivery =>
  new Delivery(desk, key, { resource: 'order', body: revision => bodyOf(desk, revision) })

/** Orders beside the one that the company has from the beginning. */
export const ordersOf = (desk: Desk) =>
  desk.books.orders.filter(({ externalDocumentNumber }) => externalDocumentNumber !== 'PO-77')
