import { describe, expect, it } from '@jest/globals'
import { mappedDocument } from '../../../support/mapped-document.ts'

interface Facts {
  status?: string
  total?: string
  now?: string
  owed?: string
  /** Paid back so far: amount and status of each transaction. */
  back?: [amount: string, status?: string][]
  rounding?: string
  buyerPays?: string
  received?: string
}

const connection = { id: 'c', tenant: 't', connector: 'shopify', settings: {}, secrets: {} }

async function paidOf(topic: string, record: unknown): Promise<unknown> {
  const { totals } = await mappedDocument({ connection, topic, record })
  return (totals as { paid?: string }).paid
}

const byWebhook = ({ status = 'paid', total = '100.00', ...facts }: Facts): unknown => ({
  ...{ id: 1, name: '#1', currency: 'USD', taxes_included: true },
  presentment_currency: facts.buyerPays ?? 'USD',
  ...{ created_at: '2026-03-03T09:00:00Z', updated_at: '2026-03-03T09:00:00Z' },
  ...{ financial_status: status, total_price: total, current_total_price: facts.now ?? total },
  total_outstanding: facts.owed ?? '0.00',
  total_cash_rounding_payment_adjustment_set: {
    shop_money: { amount: facts.rounding ?? '0.00', currency_code: 'USD' },
    presentment_money: { amount: facts.rounding ?? '0.00', currency_code: 'USD' },
  },
  line_items: [{ id: 11, title: 'Mug', price: total, quantity: 1, price_set: bag(total).rest }],
  refunds: (facts.back ?? []).map(([amount, state = 'success'], id) => ({
    id,
    created_at: '2026-03-04T09:00:00Z',
    transactions: [{ id, kind: 'refund', status: state, amount, currency: facts.buyerPays ?? 'USD' }],
  })),
})

const bag = (amount: string) => ({
  graphql: {
    shopMoney: { amount, currencyCode: 'USD' },
    presentmentMoney: { amount, currencyCode: 'USD' },
  },
  rest: {
    shop_money: { amount, currency_code: 'USD' },
    presentment_money: { amount, currency_code: 'USD' },
  },
})

const byPoll = ({ status = 'paid', total = '100.00', ...facts }: Facts): unknown => ({
  ...{ id: 'gid://shopify/Order/1', name: '#1', currencyCode: 'USD', taxesIncluded: true },
  presentmentCurrencyCode: facts.buyerPays ?? 'USD',
  ...{ createdAt: '2026-03-03T09:00:00Z', updatedAt: '2026-03-03T09:00:00Z', tags: [] },
  ...{ displayFinancialStatus: status.toUpperCase(), displayFulfillmentStatus: 'UNFULFILLED' },
  ...{ totalPriceSet: bag(total).graphql, currentTotalPriceSet: bag(facts.now ?? total).graphql },
  totalOutstandingSet: bag(facts.owed ?? '0.00').graphql,
  totalReceivedSet: bag(facts.received ?? '100.00').graphql,
  totalCashRoundingAdjustment: { paymentSet: bag(facts.rounding ?? '0.0').graphql },
  ...{ fulfillments: [], shippingLines: { nodes: [] } },
  lineItems: {
    nodes: [
      {
        ...{ id: 'gid://shopify/LineItem/11', title: 'Mug', quantity: 1, currentQuantity: 1 },
        ...{ originalUnitPriceSet: bag(total).graphql, originalTotalSet: bag(total).graphql },
        ...{ discountAllocations: [], taxLines: [], duties: [], unfulfilledQuantity: 1 },
      },
    ],
  },
  refunds: (facts.back ?? []).map(([amount, state = 'success'], id) => ({
    legacyResourceId: String(id),
    createdAt: '2026-03-04T09:00:00Z',
    refundLineItems: { nodes: [] },
    transactions: {
      nodes: [{ kind: 'REFUND', status: state.toUpperCase(), amountSet: bag(amount).graphql }],
    },
  })),
})

const TOLD: [what: string, facts: Facts][] = [
  ['an order that is paid', {}],
  [
    'one whose returned goods were paid back',
    { status: 'partially_refunded', now: '80.00', back: [['20.00']] },
  ],
  [
    'one that was paid back in two steps, one of which failed first',
    { status: 'refunded', now: '0.00', back: [['20.00', 'failure'], ['20.00'], ['80.00']] },
  ],
  ['one that was made smaller, so that the shop owes the buyer', { now: '80.00', owed: '-20.00' }],
]

const UNTOLD: [what: string, facts: Facts][] = [
  ['an order that waits for its payment', { status: 'pending', owed: '100.00', received: '0.00' }],
  ['one whose payment is reserved, not taken', { status: 'authorized', received: '0.00' }],
  ['one of which a part is taken', { status: 'partially_paid', owed: '60.00', received: '40.00' }],
  ['one that calls itself paid and owed', { owed: '100.00' }],
  ['one made smaller before it was paid', { now: '80.00', received: '80.00' }],
  ['one of which more was paid back than was returned', { status: 'partially_refunded', back: [['10.00']] }],
  ['one whose refund is on its way', { status: 'paid', now: '80.00', back: [['20.00', 'pending']] }],
  ['one whose cash was rounded', { rounding: '0.02', received: '100.02' }],
  ['one that was paid in another currency', { buyerPays: 'EUR' }],
]

describe('what was received for an order', () => {
  it.each(TOLD)('is known of %s, by webhook and by poll', async (_what, facts) => {
    expect(await paidOf('orders/updated', byWebhook(facts))).toBe('100.00')
    expect(await paidOf('graphql/order', byPoll(facts))).toBe('100.00')
  })

  it.each(UNTOLD)('is not guessed of %s', async (_what, facts) => {
    expect(await paidOf('orders/updated', byWebhook(facts))).toBeUndefined()
    expect(await paidOf('graphql/order', byPoll(facts))).toBeUndefined()
  })

  it('is not guessed of a payload from before there were such amounts', async () => {
    const {
      current_total_price: _now,
      total_outstanding: _owed,
      ...old
    } = byWebhook({}) as Record<string, unknown>
    expect(await paidOf('orders/paid', old)).toBeUndefined()
  })
})
