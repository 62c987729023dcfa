import type { Feed } from '../../../sdk/index.ts'
import type { Database } from './database.ts'
import { timeText } from './goods.ts'

type Make = (database: Database, time: string) => string

const product: Make = (database, write_date) => {
  const common = { ...{ active: true, write_date, create_date: write_date }, name: 'Seeded mug' }
  const template = database.create('product.template', {
    ...{
      ...common,
      type: 'consu',
      sale_ok: true,
      description_sale: false,
      categ_id: false,
      company_id: false,
    },
    ...{ weight_uom_name: 'kg', product_variant_ids: [] },
  })
  const variant = database.create('product.product', {
    ...{
      ...common,
      product_tmpl_id: template.id,
      default_code: `SEED-${template.id}`,
      barcode: false,
      weight: 0,
    },
    ...{ display_name: 'Seeded mug', lst_price: 12.5, is_storable: false, company_id: false },
  })
  template['product_variant_ids'] = [variant.id]
  return String(template.id)
}

const stock: Make = (database, write_date) => {
  const { id } = database.create('product.product', {
    ...{ name: 'Seeded mug', default_code: `STOCK-${write_date}`, barcode: false, is_storable: true },
    ...{ qty_available: 10, free_qty: 7, incoming_qty: 0, company_id: false },
  })
  database.create('stock.quant', { product_id: id, location_id: 1, quantity: 10, write_date })
  return `${id}@MAIN`
}

const transfer: Make = (database, write_date) => {
  const order = database.create('sale.order', { state: 'sale', order_line: [] })
  database.bind({
    module: 'crossdock',
    name: `order_seed_${order.id}`,
    model: 'sale.order',
    res_id: order.id,
  })
  const times = { write_date, create_date: write_date, date_done: write_date }
  const picking = database.create('stock.picking', {
    ...{ ...times, name: `MAIN/OUT/${order.id}`, state: 'done', sale_id: order.id, picking_type_id: 1 },
    ...{ carrier_id: false, carrier_tracking_ref: `1Z${order.id}`, origin: false },
  })
  database.create('stock.move', {
    ...{ write_date, picking_id: picking.id, product_id: 1, quantity: 1, product_uom_qty: 1, state: 'done' },
  })
  return String(picking.id)
}

const MAKE: Partial<Record<Feed, Make>> = { product, inventory: stock, shipment: transfer }

/** Records that changed one second apart. */
export function seedFeed(
  database: Database,
  feed: Feed,
  { count, at }: { count: number; at: number },
): string[] {
  const make = MAKE[feed]
  return make ? Array.from({ length: count }, (_, nth) => make(database, timeText(at + nth * 1_000))) : []
}

export function touchFeed(database: Database, feed: Feed, { id, at }: { id: string; at: number }): void {
  const [own] = id.split('@')
  const write_date = timeText(at)
  if (feed === 'product') Object.assign(database.get('product.template', own), { write_date })
  if (feed === 'shipment') Object.assign(database.get('stock.picking', own), { write_date })
  if (feed === 'inventory')
    for (const quant of database.search('stock.quant', [['product_id', '=', Number(own)]]))
      Object.assign(quant, { write_date })
}
