import type { Order, OrderLine } from '#core/documents/types.gen.ts'

/** A schema-valid order of two lines that balances: 2 × 10.00 + 5.50 − 1.50 + 4.00 shipping + 1.25 tax = 29.25. */
export function orderDocument(changes: Partial<Order> = {}): Order {
  return {
    externalId: '1001',
    number: '#1001',
    channel: 'shopify',
    placedAt: '2026-01-02T03:04:05Z',
    utcOffset: '+00:00',
    currency: 'EUR',
    taxesIncluded: false,
    lines: [
      line({ title: 'Sock', quantity: 2, unitPrice: '10.00', discounts: [{ amount: '1.50' }] }),
      line({ title: 'Hat', quantity: 1, unitPrice: '5.50' }),
    ],
    shippingLines: [{ title: 'Standard', price: '4.00' }],
    totals: { tax: '1.25', total: '29.25' },
    ...changes,
  }
}

export const line = (changes: Partial<OrderLine> = {}): OrderLine => ({
  title: 'Sock',
  quantity: 1,
  unitPrice: '1.00',
  ...changes,
})
