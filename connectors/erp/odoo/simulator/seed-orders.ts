import type { Database } from './database.ts'

const OLD = '2020-01-01 00:00:00'

/** Confirmed orders of ten of the first article each, every second one delivered: what shipments and returns are for. */
export function seedOrders(database: Database, pairs: number): void {
  for (let nth = 0; nth < 2 * pairs; nth++) seedOrder(database, nth % 2 === 1)
}

function seedOrder(database: Database, delivered: boolean): void {
  const parties = { partner_id: 1, partner_invoice_id: 1, currency_id: 1, company_id: 1 }
  const order = database.create('sale.order', {
    ...parties,
    state: 'sale',
    order_line: [],
    amount_total: 100,
  })
  const line = database.create('sale.order.line', {
    ...{ order_id: order.id, product_id: 1, product_uom_qty: 10, price_unit: 10, tax_ids: [] },
    ...{ qty_delivered: delivered ? 10 : 0, qty_invoiced: 0 },
  })
  order['order_line'] = [line.id]
  const state = delivered ? 'done' : 'assigned'
  const picking = database.create('stock.picking', {
    ...{ name: `MAIN/OUT/${order.id}`, state, sale_id: order.id, picking_type_id: 1, write_date: OLD },
    ...{ create_date: OLD, date_done: false, carrier_id: false, carrier_tracking_ref: false, origin: false },
  })
  database.create('stock.move', {
    ...{ picking_id: picking.id, product_id: 1, product_uom: 1, sale_line_id: line.id, quantity: 10, state },
    ...{ location_id: 1, location_dest_id: 2, picking_type_id: 1, product_uom_qty: 10, picked: delivered },
    ...{ origin_returned_move_id: false, write_date: OLD },
  })
}
