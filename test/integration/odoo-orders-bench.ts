import type { OdooServer } from '#test/support/odoo.ts'
import { OdooDesk } from '#test/support/odoo-desk.ts'

export interface SaleOrder {
  state: string
  amount_total: number
  amount_tax: number
  client_order_ref: string
  origin: string
  date_order: string
  note: string
  order_line: number[]
  partner_id: number
  partner_shipping_id: number
  partner_invoice_id: number
  warehouse_id: number
  currency_id: number
  team_id: number
  picking_ids: number[]
  write_date: string
}

export const FIELDS = [
  ...[
    'state',
    'amount_total',
    'amount_tax',
    'client_order_ref',
    'origin',
    'date_order',
    'note',
    'order_line',
  ],
  ...['partner_id', 'partner_shipping_id', 'partner_invoice_id', 'warehouse_id', 'currency_id', 'team_id'],
  ...['picking_ids', 'write_date'],
]

/** For suites that are skipped: nobody is asked. */
const NOWHERE: OdooServer = { url: 'http://127.0.0.1:9', db: '', apiKey: '' }

/** Orders of a channel and what a real Odoo holds of them. */
export function ordersAt(server: OdooServer | null) {
  const desk = new OdooDesk(server ?? NOWHERE)
  const skus: string[] = []
  let nth = 0

  /** Makes its articles. */
  const open = async (): Promise<void> => void skus.push(...(await desk.articles(3)))

  const address = (more: Record<string, unknown> = {}) => ({
    name: 'Mara Lindqvist',
    line1: '12 Canal St',
    city: 'Chicago',
    provinceCode: 'IL',
    postalCode: '60606',
    country: 'US',
    phone: '+1 312 555 0117',
    ...more,
  })

  /** 2 × 12.50 + 1 × 8.00 + 5.00 delivery = 38.00 USD, untaxed. */
  const order = (more: Record<string, unknown> = {}): Record<string, unknown> => {
    nth += 1
    const externalId = String(nth)
    return {
      externalId,
      number: `#${externalId}-${desk.own}`,
      channel: 'shopify',
      status: 'open',
      paymentStatus: 'paid',
      placedAt: '2026-05-04T08:00:00Z',
      currency: 'USD',
      taxesIncluded: false,
      email: `mara-${externalId}@${desk.own}.example.com`,
      customer: { externalId: `c${externalId}`, name: 'Mara Lindqvist' },
      billingAddress: address(),
      shippingAddress: address(),
      note: 'Ring twice & wait <here>',
      lines: [
        { externalId: '1', title: 'Trail Mug', sku: skus[0], quantity: 2, unitPrice: '12.50' },
        { externalId: '2', title: 'Card', sku: skus[1], quantity: 1, unitPrice: '8.00' },
      ],
      shippingLines: [{ title: 'Standard', price: '5.00' }],
      totals: { total: '38.00' },
      ...more,
    }
  }

  const sale = (id: number) => desk.read<SaleOrder>('sale.order', id, FIELDS)

  const linesOf = async (id: number) =>
    desk.api.searchRead<{ name: string; product_uom_qty: number; price_unit: number; tax_ids: number[] }>(
      'sale.order.line',
      {
        domain: [['order_id', '=', id]],
        fields: ['name', 'product_uom_qty', 'price_unit', 'tax_ids'],
        order: 'id',
      },
    )

  const refusal = (one: Record<string, unknown>) => desk.push(one).catch((thrown: unknown) => thrown)

  const taxed = (rate: number, amounts: readonly string[]) => ({
    lines: [
      {
        externalId: '1',
        title: 'Mug',
        sku: skus[0],
        quantity: 2,
        unitPrice: '12.50',
        taxes: [{ rate, amount: amounts[0] }],
      },
      {
        externalId: '2',
        title: 'Card',
        sku: skus[1],
        quantity: 1,
        unitPrice: '8.00',
        taxes: [{ rate, amount: amounts[1] }],
      },
    ],
  })

  const countOf = (one: Record<string, unknown>) =>
    desk.api.call<number>('sale.order', 'search_count', {
      domain: [['client_order_ref', '=', one['number']]],
    })

  async function deliver(id: number): Promise<void> {
    const { picking_ids: ids } = await sale(id)
    const moves = await desk.api.searchRead<{ id: number; product_uom_qty: number }>('stock.move', {
      ...{ domain: [['picking_id', 'in', ids]], fields: ['product_uom_qty'] },
    })
    for (const { id: move, product_uom_qty: quantity } of moves)
      await desk.api.call('stock.move', 'write', { ids: [move], vals: { quantity, picked: true } })
    await desk.api.call('stock.picking', 'button_validate', { ids, context: { skip_backorder: true } })
  }

  return { desk, skus, open, address, order, sale, linesOf, refusal, taxed, countOf, deliver }
}
