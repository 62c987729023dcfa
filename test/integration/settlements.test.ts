import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readSettlement } from '#connectors/marketplaces/amazon/settlements/read-settlement.ts'
import { SETTLEMENT_COLUMNS } from '#connectors/marketplaces/amazon/simulator/settlement-file.ts'
import { loadMappings, loadSchemas } from '#core/mapping/load.ts'
import { createMapper } from '#core/mapping/mapper.ts'
import { createSettlements, type Settlements } from '#core/settlements/settlements.ts'
import { type OrderDesk, orderDesk } from '#test/support/order-desk.ts'

type Row = readonly [transaction: string, order: string, type: string, description: string, amount: string]

/** A flat file V2 as Amazon documents it: the row that sums up, then a row for each amount. */
function flatFile(id: string, total: string, rows: readonly Row[]): Buffer {
  const cells = (given: Record<string, string>) =>
    SETTLEMENT_COLUMNS.map(name => given[name] ?? '').join('\t')
  const summary = cells({
    ...{ 'settlement-id': id, 'settlement-start-date': '2026-03-01T00:00:00+00:00' },
    ...{ 'settlement-end-date': '2026-03-15T00:00:00+00:00', 'deposit-date': '2026-03-17T00:00:00+00:00' },
    ...{ 'total-amount': total, currency: 'GBP' },
  })
  const lines = rows.map(([transaction, order, type, description, amount]) =>
    cells({
      ...{ 'settlement-id': id, 'transaction-type': transaction, 'order-id': order, 'amount-type': type },
      ...{ 'amount-description': description, amount, 'posted-date-time': '2026-03-02T14:23:00+00:00' },
    }),
  )
  return Buffer.from([SETTLEMENT_COLUMNS.join('\t'), summary, ...lines].join('\r\n'))
}

const sold = (order: string, principal: string, commission: string): Row[] => [
  ['Order', order, 'ItemPrice', 'Principal', principal],
  ['Order', order, 'ItemPrice', 'Shipping', '3.99'],
  ['Order', order, 'ItemPrice', 'Tax', '2.00'],
  ['Order', order, 'ItemWithheldTax', 'MarketplaceFacilitatorVAT-Principal', '-2.00'],
  ['Order', order, 'ItemFees', 'Commission', commission],
]

const MARCH: Row[] = [
  ...sold('206-1', '29.99', '-4.50'),
  ...sold('206-2', '10.00', '-1.50'),
  ['Refund', '206-0', 'ItemPrice', 'Principal', '-9.99'],
  ['Refund', '206-0', 'ItemFees', 'RefundCommission', '-0.30'],
  ['other-transaction', '', 'other-transaction', 'Subscription Fee', '-25.00'],
]

let desk: OrderDesk
let settlements: Settlements

beforeAll(async () => {
  desk = await orderDesk({})
  settlements = createSettlements(desk.store)
})
afterAll(() => desk.close())

const landOrder = (externalId: string, total: string) =>
  desk.land('acme-amazon', {
    ...{ resource: 'order', externalId },
    body: {
      externalId,
      channel: 'amazon',
      number: externalId,
      currency: 'GBP',
      lines: [],
      totals: { total },
    },
  })

/** Through Amazon's reader and mapping, as a report that was polled. */
async function landSettlement(id: string, total: string, rows: readonly Row[]): Promise<string> {
  const schemas = await loadSchemas('mappings')
  const mapper = createMapper({ schemas })
  const { byTopic } = await loadMappings('mappings', mapper)
  const run = mapper.run(
    byTopic.get('amazon reports/settlement')!,
    readSettlement(flatFile(id, total, rows)),
    {
      bindings: {
        topic: 'reports/settlement',
        headers: {},
        connection: { id: 'acme-amazon', tenant: 'acme', settings: {} },
      },
    },
  )
  if (!run.ok) throw new Error(JSON.stringify(run))
  const { externalId, body } = run.output
  return (await desk.land('acme-amazon', { resource: 'settlement', externalId, body })).id
}

describe('a settlement report', () => {
  it('is tied to its orders line by line, and to those that land late when they do', async () => {
    await landOrder('206-1', '35.98')
    const id = await landSettlement('1890', '6.68', MARCH)
    const before = (await settlements.list({ tenant: 'acme' })).items[0]!
    expect(before).toMatchObject({
      ...{ id, connection: 'acme-amazon', payout: '6.68', currency: 'GBP', unexplained: '0.00' },
      ...{ proceeds: '51.97', refunds: '-9.99', withheldTax: '-4.00' },
      fees: {
        total: '31.30',
        byType: [
          { type: 'Subscription Fee', amount: '25.00' },
          { type: 'Commission', amount: '6.00' },
          { type: 'RefundCommission', amount: '0.30' },
        ],
      },
      lines: { total: 13, matched: 5, unmatched: 7, withoutOrder: 1 },
      orders: { total: 3, matched: 1, exact: 1, differing: 0 },
    })
    await landOrder('206-2', '16.00')
    await landOrder('206-0', '9.99')
    const { report, attention } = (await settlements.show(id))!
    expect(report).toMatchObject({
      lines: { matched: 12, unmatched: 0 },
      orders: { matched: 3, exact: 1, differing: 1, unsettled: 1, difference: '0.01' },
    })
    expect(attention).toMatchObject([
      { orderId: '206-2', total: '16.00', proceeds: '15.99', difference: '0.01' },
    ])
  })

  it('adds up what several payouts settle of one order, and matches its refund', async () => {
    await desk.land('acme-amazon', {
      ...{ resource: 'return', externalId: 'R1', dependsOn: ['order:acme:acme-amazon:206-0'] },
      body: { externalId: 'R1', channel: 'amazon', currency: 'GBP', lines: [], totals: { refunded: '9.99' } },
    })
    await landSettlement('1880', '9.99', [['Order', '206-0', 'ItemPrice', 'Principal', '9.99']])
    const { report } = (await settlements.show('settlement:acme:acme-amazon:1890'))!
    expect(report).toMatchObject({
      orders: { exact: 2, unsettled: 0 },
      refundedOrders: { total: 1, exact: 1, difference: '0.00' },
    })
  })

  it('counts what the channel paid back once, although the ERP tells of the same return', async () => {
    await desk.land('acme-erp', {
      ...{ resource: 'return', externalId: 'RINV/1', dependsOn: ['order:acme:acme-amazon:206-0'] },
      body: {
        externalId: 'RINV/1',
        channel: 'odoo',
        currency: 'GBP',
        lines: [],
        totals: { refunded: '9.99' },
      },
    })
    const { report } = (await settlements.show('settlement:acme:acme-amazon:1890'))!
    expect(report.refundedOrders).toMatchObject({ exact: 1, differing: 0, difference: '0.00' })
  })

  it('takes the word of another system for a refund only where the channel says nothing', async () => {
    await landOrder('206-7', '5.00')
    await desk.land('acme-erp', {
      ...{ resource: 'return', externalId: 'RINV/7', dependsOn: ['order:acme:acme-amazon:206-7'] },
      body: {
        externalId: 'RINV/7',
        channel: 'odoo',
        currency: 'GBP',
        lines: [],
        totals: { refunded: '5.00' },
      },
    })
    const id = await landSettlement('1895', '-5.00', [['Refund', '206-7', 'ItemPrice', 'Principal', '-5.00']])
    expect((await settlements.show(id))!.report.refundedOrders).toMatchObject({ exact: 1, unknown: 0 })
  })

  it('does not add up payouts of different currencies', async () => {
    await landOrder('206-8', '20.00')
    await landSettlement('1896', '20.00', [['Order', '206-8', 'ItemPrice', 'Principal', '20.00']])
    const body = {
      ...{ externalId: '1897', channel: 'amazon', currency: 'EUR', payout: '3.00' },
      lines: [{ kind: 'sale', net: '3.00', orderId: '206-8' }],
    }
    await desk.land('acme-amazon', { resource: 'settlement', externalId: '1897', body })
    const { report } = (await settlements.show('settlement:acme:acme-amazon:1896'))!
    expect(report.orders).toMatchObject({ exact: 1, differing: 0 })
  })

  it('lets others have their turn while it looks up thousands of orders', async () => {
    const lines = Array.from({ length: 400 }, (_, n) => ({ kind: 'sale', net: '1.00', orderId: `big-${n}` }))
    const body = { externalId: '1899', channel: 'amazon', currency: 'GBP', payout: '400.00', lines }
    await desk.land('acme-amazon', { resource: 'settlement', externalId: '1899', body })
    let turns = 0
    let isOver = false
    const take = (): void => {
      turns += 1
      if (!isOver) setImmediate(take)
    }
    setImmediate(take)
    await settlements.show('settlement:acme:acme-amazon:1899')
    isOver = true
    expect(turns).toBeGreaterThanOrEqual(7)
  })

  it('is no settlement of another kind or id', async () => {
    expect(await settlements.show('settlement:acme:acme-amazon:none')).toBeNull()
    expect(await settlements.show('order:acme:acme-amazon:206-0')).toBeNull()
  })
})
