import type { Router } from 'express'

const payout = (externalId: string, more: object = {}) => ({
  ...{ id: `settlement:acme:acme-amazon-eu:${externalId}`, tenant: 'acme', connection: 'acme-amazon-eu' },
  ...{ externalId, channel: 'amazon', currency: 'GBP', paidAt: '2026-01-14T00:00:00Z', payout: '18473.20' },
  ...{ proceeds: '25110.40', refunds: '-1204.75', withheldTax: '-1610.22', balances: '0.00', other: '0.00' },
  fees: {
    total: '3822.23',
    byType: [
      { type: 'Commission', amount: '2511.04' },
      { type: 'FBAPerUnitFulfillmentFee', amount: '1311.19' },
    ],
  },
  unexplained: '0.00',
  lines: { total: 4_120, matched: 4_112, unmatched: 5, withoutOrder: 3 },
  orders: { total: 812, matched: 811, exact: 809, differing: 2, unsettled: 0, difference: '0.03' },
  refundedOrders: { total: 31, exact: 31, differing: 0, unknown: 0, difference: '0.00' },
  ...more,
})

const PAYOUTS = [
  payout('18900000002'),
  payout('18900000001', {
    ...{ payout: '16020.11', paidAt: '2025-12-31T00:00:00Z' },
    lines: { total: 3_610, matched: 3_607, unmatched: 0, withoutOrder: 3 },
    orders: { total: 702, matched: 702, exact: 702, differing: 0, unsettled: 0, difference: '0.00' },
  }),
]

const row = (orderId: string, more: object) => ({
  ...{ orderId, lines: 5, proceeds: '35.98', fees: '4.50', withheldTax: '0.00', refunds: '0.00' },
  ...more,
})

const ATTENTION = [
  row('206-1234567-8901234', { document: 'order:1', number: '#1001', total: '36.00', difference: '0.02' }),
  row('206-7654321-1098765', {}),
]

/** More came back than was sold, in a currency without cents, from a channel whose orders the hub never had. */
const HARD = payout('18900000003', {
  ...{ currency: 'JPY', payout: '-184732', proceeds: '2511040', refunds: '120475', withheldTax: '-161022' },
  fees: { total: '-382', byType: [{ type: 'Commission', amount: '-382' }] },
  ...{ unexplained: '0', lines: { total: 4_500, matched: 0, unmatched: 4_500, withoutOrder: 0 } },
  orders: { total: 900, matched: 0, exact: 0, differing: 0, unsettled: 0, difference: '0' },
  refundedOrders: { total: 31, exact: 29, differing: 2, unknown: 0, difference: '-300' },
})
const UNKNOWN = Array.from({ length: 900 }, (_, index) => row(`206-${index}`, {}))

/** The settlement routes: two payouts, of which one has orders that do not fit; or a page of one that is hard to show. */
export function serveSettlements(
  api: Router,
  { empty = false, ledger }: { empty?: boolean; ledger?: 'hard' },
): void {
  const isHard = ledger === 'hard'
  const items = empty ? [] : isHard ? [HARD] : PAYOUTS
  api.get('/settlements', ({ query }, response) => {
    const next = isHard && !query['after'] ? 'more' : null
    response.json({ items, next, total: isHard ? 41 : items.length })
  })
  api.get('/settlements/:id', (_, response) => {
    response.json(isHard ? { ...HARD, attention: UNKNOWN } : { ...PAYOUTS[0], attention: ATTENTION })
  })
}
