import { describe, expect, it } from '@jest/globals'
import type { Settlement, SettlementLine } from '#core/documents/types.gen.ts'
import type { KnownOrder } from '#core/settlements/match-orders.ts'
import { reportOf } from '#core/settlements/report.ts'
import { noSums, sumLines } from '#core/settlements/sum-lines.ts'
import { order } from '../orchestration/orders.ts'

const line = (
  kind: SettlementLine['kind'],
  net: string,
  more: Partial<SettlementLine> = {},
): SettlementLine => ({
  ...{ kind, net, ...more },
})
const of = (orderId: string, ...lines: SettlementLine[]) => lines.map(one => ({ ...one, orderId }))

const settlement = (lines: SettlementLine[], payout: string, more: Partial<Settlement> = {}): Settlement => ({
  ...{ externalId: 'P1', channel: 'shop', currency: 'USD', payout, lines, ...more },
})
const known = (id: string, total: string, more: Partial<KnownOrder> = {}): [string, KnownOrder] => [
  id,
  {
    document: `order:acme:shop:${id}`,
    order: order({ externalId: id, number: `#${id}`, totals: { total } }),
    ...{ refunded: null, elsewhere: noSums(), ...more },
  },
]

describe('a payout', () => {
  it('is sums by class, fees by type, and every line with or without its order', () => {
    const lines = [
      ...of(
        '1',
        line('sale', '29.99'),
        line('shipping', '4.99'),
        line('tax', '2.10'),
        line('tax', '-2.10', { description: 'Order / ItemWithheldTax / Tax' }),
        line('adjustment', '-1.00'),
        line('fee', '-4.50', { description: 'Order / ItemFees / Commission' }),
      ),
      ...of(
        '2',
        line('sale', '10.00', { amount: '11.00', fee: '1.00', fees: [{ kind: 'payment', amount: '1.00' }] }),
      ),
      ...of(
        '3',
        line('refund', '-9.99'),
        line('fee', '0.80', { description: 'Refund / ItemFees / Commission' }),
      ),
      line('advertising', '-1.19', { description: 'ServiceFee / Cost of Advertising' }),
      line('reserve', '-5.00'),
      line('adjustment', '0.40'),
    ]
    const { report, attention } = reportOf(
      settlement(lines, '24.50'),
      new Map([known('1', '36.08'), known('3', '9.99', { refunded: 9_990_000_000n })]),
    )
    expect(report).toMatchObject({
      ...{ proceeds: '47.08', refunds: '-9.99', withheldTax: '-2.10', balances: '-5.00', other: '0.40' },
      fees: {
        total: '5.89',
        byType: [
          { type: 'Commission', amount: '3.70' },
          { type: 'Cost of Advertising', amount: '1.19' },
          { type: 'payment', amount: '1.00' },
        ],
      },
      unexplained: '0.00',
      lines: { total: 12, matched: 8, unmatched: 1, withoutOrder: 3 },
      orders: { total: 3, matched: 2, exact: 1, differing: 0, unsettled: 1, difference: '0.00' },
      refundedOrders: { total: 1, exact: 1, differing: 0, unknown: 0, difference: '0.00' },
    })
    expect(attention).toMatchObject([{ orderId: '2', lines: 1, proceeds: '11.00', fees: '1.00' }])
  })

  it('takes withheld tax that comes back with a refund for no proceeds', () => {
    const lines = of(
      '1',
      line('refund', '-11.00'),
      line('tax', '1.00', { description: 'Refund / ItemWithheldTax / Tax' }),
    )
    expect(reportOf(settlement(lines, '-10.00'), new Map()).report).toMatchObject({
      ...{ proceeds: '0.00', refunds: '-11.00', withheldTax: '1.00' },
    })
  })

  it('names the cents of an order that its payouts together do not make', () => {
    const lines = of('1', line('sale', '19.98'))
    const elsewhere = { ...noSums(), proceeds: 5_000_000_000n }
    const { report, attention } = reportOf(
      settlement(lines, '19.98'),
      new Map([known('1', '25.00', { elsewhere })]),
    )
    expect(report.orders).toMatchObject({ differing: 1, difference: '0.02' })
    expect(attention).toMatchObject([{ orderId: '1', number: '#1', total: '25.00', difference: '0.02' }])
  })

  it('names the whole of an order whose proceeds were taken back again', () => {
    const lines = of('1', line('sale', '-20.00'))
    const elsewhere = sumLines(of('1', line('sale', '20.00')))
    const { report, attention } = reportOf(
      settlement(lines, '-20.00'),
      new Map([known('1', '20.00', { elsewhere })]),
    )
    expect(report.orders).toMatchObject({ differing: 1, unsettled: 0, difference: '20.00' })
    expect(attention).toMatchObject([{ orderId: '1', proceeds: '-20.00', difference: '20.00' }])
  })

  it('names what a refund took more than the returns paid back', () => {
    const lines = of('1', line('sale', '20.00'), line('refund', '-7.00'))
    const { report } = reportOf(
      settlement(lines, '13.00'),
      new Map([known('1', '20.00', { refunded: 5_000_000_000n })]),
    )
    expect(report.refundedOrders).toMatchObject({ differing: 1, difference: '-2.00' })
  })

  it('says nothing of orders in another currency', () => {
    const [id, one] = known('1', '20.00')
    const other = { ...one, order: { ...one.order, currency: 'EUR' } }
    const { report, attention } = reportOf(
      settlement(of('1', line('sale', '21.00')), '21.00'),
      new Map([[id, other]]),
    )
    expect([report.orders.unsettled, attention]).toEqual([1, []])
  })

  it('names what its lines and balances do not make of it', () => {
    const { report } = reportOf(
      settlement([line('sale', '10.00')], '12.55', { openingBalance: '5.00', closingBalance: '2.50' }),
      new Map(),
    )
    expect(report.unexplained).toBe('0.05')
  })
})
