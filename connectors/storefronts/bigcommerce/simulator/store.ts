import { generateOrder } from './generate-order.ts'
import {
  amount,
  iso,
  rfc2822,
  type SimHook,
  type SimOrder,
  type SimShipment,
  type SimStock,
} from './records.ts'

export interface StoreOptions {
  now(): number
  random(): number
}

/** Orders with their parts, articles, stock and hooks: what lies behind the store's API. */
export class Store {
  readonly orders = new Map<number, SimOrder>()
  readonly products = new Map<number, { id: number; sku: string; modified: number }>()
  readonly stock = new Map<number, SimStock>()
  readonly hooks = new Map<number, SimHook>()
  readonly #options: StoreOptions
  #lastId = 90_000

  constructor(options: StoreOptions) {
    this.#options = options
  }

  nextId(): number {
    return ++this.#lastId
  }

  now(): number {
    return this.#options.now()
  }

  placeOrder(at = this.now(), id = this.nextId()): SimOrder {
    const order = generateOrder({ id, at, random: () => this.#options.random() })
    this.orders.set(id, order)
    return order
  }

  /** What the order itself shows: its parts are links. */
  shown(order: SimOrder, origin: string): Record<string, unknown> {
    const link = (part: string) => ({
      url: `${origin}/v2/orders/${order.id}/${part}`,
      resource: `/orders/${order.id}/${part}`,
    })
    const shipped = order.products.reduce((units, line) => units + line.quantity_shipped, 0)
    const refunded = order.refunds.reduce((sum, refund) => sum + Number(refund['total_amount']) * 100, 0)
    return {
      ...{ ...order.facts, id: order.id, status_id: order.status, status: STATUS[order.status] },
      ...{
        date_modified: rfc2822(order.modified),
        items_shipped: shipped,
        refunded_amount: amount(refunded),
      },
      ...{ products: link('products'), shipping_addresses: link('shipping_addresses') },
      ...{ coupons: link('coupons'), fees: link('fees'), consignments: link('consignments') },
    }
  }

  /** Null: units that the order does not have. The order becomes (partially) shipped, as at the partner. */
  ship(order: SimOrder, made: Partial<SimShipment>, id = this.nextId()): SimShipment | null {
    const items = made.items ?? []
    for (const { order_product_id: line, quantity } of items) {
      const product = order.products.find(one => one.id === line)
      if (!product || product.quantity - product.quantity_shipped < quantity) return null
    }
    for (const item of items) this.#move(order, item, 1)
    const now = this.now()
    const facts = {
      order_id: order.id,
      date_created: rfc2822(now),
      shipping_address: order.parts.shipping_addresses[0],
    }
    const shipment = { tracking_number: '', ...facts, ...made, id, items, writes: 1 }
    order.shipments.push(shipment)
    order.modified = now
    return shipment
  }

  unship(order: SimOrder, shipment: SimShipment): void {
    for (const item of shipment.items) this.#move(order, item, -1)
    order.shipments.splice(order.shipments.indexOf(shipment), 1)
    order.modified = this.now()
  }

  #move(
    order: SimOrder,
    { order_product_id: line, quantity }: SimShipment['items'][number],
    sign: 1 | -1,
  ): void {
    const product = order.products.find(one => one.id === line)
    if (product) product.quantity_shipped += sign * quantity
    const open = order.products.some(one => one.quantity_shipped < one.quantity)
    order.status = open ? (order.products.some(one => one.quantity_shipped > 0) ? 3 : 11) : 2
  }

  /** Pays one unit of the first line back. */
  refund(order: SimOrder, at = this.now(), id = this.nextId()): number {
    const [line] = order.products
    const total = Number(line?.['price_ex_tax'])
    order.refunds.push({
      ...{
        id,
        order_id: order.id,
        user_id: 1,
        created: at,
        reason: 'Too small',
        total_amount: total,
        total_tax: 0,
      },
      items: [{ item_type: 'PRODUCT', item_id: line?.id, quantity: 1, requested_amount: total, reason: '' }],
      payments: [{ id, provider_id: 'bigcommerce', amount: total, offline: false, is_declined: false }],
    })
    order.modified = at
    return id
  }

  putProduct(at = this.now(), id = this.nextId()): number {
    this.products.set(id, { id, sku: `SEED-${id}`, modified: at })
    return id
  }

  putStock(variant: number, sku: string, onHand = 5): void {
    this.stock.set(variant, { variant, product: variant - 1, sku, onHand, safety: 0, writes: 0 })
  }

  shownRefund = (refund: SimOrder['refunds'][number]) => ({ ...refund, created: iso(refund.created) })
}

const STATUS: Readonly<Record<number, string>> = {
  2: 'Shipped',
  3: 'Partially Shipped',
  10: 'Completed',
  11: 'Awaiting Fulfillment',
}
