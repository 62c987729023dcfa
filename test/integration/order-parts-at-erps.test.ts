import { describe, expect, it } from '@jest/globals'
import { orderImbalance } from '#core/documents/order-balance.ts'
import type { Order, Shipment } from '#core/documents/types.gen.ts'
import { addMoney, subtractMoney, toScaled } from '#core/kernel/money.ts'
import { assignedLines } from '#core/orchestration/assigned-lines.ts'
import { orderPart } from '#core/orchestration/order-part.ts'
import { outgoingBody } from './erp-outgoing.ts'

/** Tax on top, and discounts without the sums that a document may say beside them. */
const ON_TOP: Order = {
  ...{ externalId: '5551', channel: 'shop', status: 'open', placedAt: '2026-05-04T08:00:00Z' },
  ...{ currency: 'USD', taxesIncluded: false, email: 'zoe@example.com' },
  lines: [
    {
      ...{ externalId: 'tent', sku: 'TENT', title: 'Tent', quantity: 3, unitPrice: '10.00' },
      discounts: [{ amount: '0.60' }, { amount: '0.40' }],
      taxes: [{ rate: 0.1, amount: '2.90' }],
    },
    {
      ...{ externalId: 'rope', sku: 'ROPE', title: 'Rope', quantity: 1, unitPrice: '4.00' },
      taxes: [{ rate: 0.1, amount: '0.40' }],
    },
  ],
  shippingLines: [
    {
      ...{ title: 'Express', price: '6.00', discounts: [{ amount: '1.00' }] },
      taxes: [{ rate: 0.1, amount: '0.50' }],
    },
  ],
  fees: [{ kind: 'gift-wrap', amount: '2.00' }],
  discounts: [{ amount: '3.00', code: 'MAY' }],
  taxes: [{ rate: 0.1, amount: '3.80' }],
  totals: { total: '40.80', tax: '3.80' },
}
const INCLUDED: Order = { ...ON_TOP, taxesIncluded: true, totals: { total: '37.00', tax: '3.80' } }

/** The same with the sums. */
const summed = (order: Order): Order => ({
  ...order,
  lines: order.lines.map(line => ({
    ...line,
    ...(line.discounts && { discountTotal: '1.00', total: '29.00' }),
  })),
  shippingLines: order.shippingLines!.map(line => ({ ...line, discountTotal: '1.00' })),
})

const assigned = (code: string, ...lines: { lineId: string; quantity: number }[]): Shipment => ({
  ...{ externalId: code, channel: 'erp', status: 'ready', location: { code }, packages: [] },
  lines,
})
const SHIPMENTS = [
  assigned('EAST', { lineId: 'tent', quantity: 1 }),
  assigned('WEST', { lineId: 'tent', quantity: 2 }, { lineId: 'rope', quantity: 1 }),
]

function partAt(order: Order, code: string): Order {
  const all = assignedLines(order, SHIPMENTS)
  return orderPart(
    order,
    all,
    all.filter(({ location }) => location?.code === code),
  )
}

type Row = Record<string, string | number | undefined>
type Body = Record<string, Row[]> & { item?: { items: Row[] }; discount_amount?: number }

const off = (amount: string | number | undefined): string => subtractMoney(0, amount ?? 0, 'USD')
const goods = (rows: Row[] = [], [price, units]: [string, string]): string[] =>
  rows.map(row => (Number(row[price]) * Number(row[units])).toFixed(2))
const each = (rows: Row[] = [], name: string): string[] => rows.map(row => String(row[name] ?? 0))

interface Erp {
  mapping: string
  settings: Record<string, unknown>
  /** All amounts that make the order there; the tax on top where the ERP computes it itself. */
  amounts(body: Body, tax: string): string[]
}

const ERPS: Record<string, Erp> = {
  Odoo: {
    ...{ mapping: 'erp/odoo/order-out', settings: {} },
    amounts: ({ lines, shipping, fees, discounts }, tax) => [
      ...[lines, shipping, fees].flatMap(rows => goods(rows, ['price_unit', 'quantity'])),
      ...[lines, shipping].flatMap(rows => each(rows, 'discount').map(off)),
      ...each(discounts, 'price_unit').map(off),
      tax,
    ],
  },
  'Business Central': {
    mapping: 'erp/business-central/order-out',
    settings: { shippingAccount: '6810', feeAccount: '6820', discountAccount: '6910' },
    amounts: ({ salesOrderLines }, tax) => {
      const lines = salesOrderLines!.filter(({ lineType }) => lineType !== 'Comment')
      return [...goods(lines, ['unitPrice', 'quantity']), ...each(lines, 'discountAmount').map(off), ...[tax]]
    },
  },
  NetSuite: {
    ...{ mapping: 'erp/netsuite/order-out', settings: {} },
    amounts: ({ item, charges }) => [...each(item!.items, 'amount'), ...each(charges, 'amount')],
  },
  ERPNext: {
    ...{ mapping: 'erp/erpnext/order-out', settings: {} },
    amounts: ({ items, charges, discount_amount }) => [
      ...goods(items, ['rate', 'qty']),
      ...each(charges, 'tax_amount'),
      off(discount_amount),
    ],
  },
}

const WHOLE = {
  ...{ 'with tax on top': ON_TOP, 'with tax included': INCLUDED },
  ...{ 'with tax on top and sums': summed(ON_TOP), 'with tax included and sums': summed(INCLUDED) },
}

describe.each(Object.entries(ERPS))('an order at %s', (_name, { mapping, settings, amounts }) => {
  const sumOf = async (order: Order): Promise<string> => {
    const body = (await outgoingBody({ mapping, settings, order })) as Body
    return addMoney(amounts(body, order.taxesIncluded ? '0' : order.totals.tax!), 'USD')
  }

  it.each(Object.entries(WHOLE))('%s comes to its total, as do its parts', async (_kind, order) => {
    const parts = [order, partAt(order, 'EAST'), partAt(order, 'WEST')]
    expect(parts.map(orderImbalance)).toEqual([null, null, null])
    expect(await Promise.all(parts.map(sumOf))).toEqual(parts.map(({ totals }) => totals.total))
  })
})

// Odoo takes a delivery that costs nothing, and shows how the goods travel by it.
it.each(['Business Central', 'NetSuite', 'ERPNext'])(
  'a part at %s that pays for no delivery has no line of nothing for it',
  async name => {
    const { mapping, settings } = ERPS[name]!
    const body = (await outgoingBody({ mapping, settings, order: partAt(ON_TOP, 'WEST') })) as Body
    const money = ['unitPrice', 'amount', 'tax_amount', 'rate']
    const rows = [body['salesOrderLines'], body['charges'], body['items'], body.item?.items].flatMap(
      some => some ?? [],
    )
    const shown = rows.flatMap(row => money.flatMap(member => row[member] ?? []))
    expect(shown.length).toBeGreaterThanOrEqual(2)
    expect(shown.filter(amount => toScaled(amount) === 0n)).toEqual([])
  },
)
