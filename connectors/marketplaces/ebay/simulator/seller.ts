import { drawOrder, type SimulatedOrder } from './draw-order.ts'

export interface SimulatedFulfilment {
  fulfillmentId: string
  shipmentTrackingNumber?: string
  shippingCarrierCode?: string
  shippedDate: string
  lineItems: { lineItemId: string; quantity: number }[]
}

export interface SimulatedItem {
  sku: string
  quantity: number
  offers: { offerId: string; availableQuantity: number; status: 'PUBLISHED' | 'UNPUBLISHED' }[]
  writes: number
  /** Of the day: a listing takes 250. */
  revisions: { day: string; count: number }
}

const MOST_REVISIONS = 250

export interface SellerOptions {
  now(): number
  random(): number
}

/** A seller’s account: orders, what was shipped of them, and articles with their offers. */
export class Seller {
  readonly orders = new Map<string, SimulatedOrder>()
  readonly fulfilments = new Map<string, SimulatedFulfilment[]>()
  readonly items = new Map<string, SimulatedItem>()
  readonly #options: SellerOptions
  #count = 0

  constructor(options: SellerOptions) {
    this.#options = options
  }

  now(): number {
    return this.#options.now()
  }

  addOrder(at: number): SimulatedOrder {
    const order = drawOrder(++this.#count, at, this.#options.random)
    this.orders.set(order.orderId, order)
    return order
  }

  addItem(sku: string, quantity: number): SimulatedItem {
    const item: SimulatedItem = {
      sku,
      quantity,
      offers: [
        {
          offerId: `7${String(this.items.size + 1).padStart(9, '0')}`,
          availableQuantity: quantity,
          status: 'PUBLISHED',
        },
      ],
      writes: 0,
      revisions: { day: '', count: 0 },
    }
    this.items.set(sku, item)
    return item
  }

  /** False: the listing was revised as often as eBay takes in a day. */
  revise(item: SimulatedItem): boolean {
    const day = new Date(this.now()).toISOString().slice(0, 10)
    if (item.revisions.day !== day) item.revisions = { day, count: 0 }
    if (item.revisions.count >= MOST_REVISIONS) return false
    item.revisions.count++
    return true
  }

  /** eBay takes the same parcel twice, as it would take two. */
  ship(order: SimulatedOrder, parcel: Omit<SimulatedFulfilment, 'fulfillmentId'>): SimulatedFulfilment {
    const there = this.fulfilments.get(order.orderId) ?? []
    // The id is the number of the parcel where there is one.
    const fulfillmentId = parcel.shipmentTrackingNumber ?? `9${String(there.length + 1).padStart(9, '0')}`
    const made = { fulfillmentId, ...parcel }
    this.fulfilments.set(order.orderId, [...there, made])
    this.#mark(order)
    return made
  }

  touch(orderId: string, at: number): void {
    const order = this.orders.get(orderId)
    if (order) order.lastModifiedDate = new Date(at).toISOString()
  }

  #mark(order: SimulatedOrder): void {
    const shipped = this.fulfilments.get(order.orderId)?.flatMap(({ lineItems }) => lineItems) ?? []
    for (const line of order.lineItems) {
      const units = shipped.filter(({ lineItemId }) => lineItemId === line.lineItemId)
      const sum = units.reduce((all, { quantity }) => all + quantity, 0)
      line.lineItemFulfillmentStatus =
        sum >= line.quantity ? 'FULFILLED' : sum > 0 ? 'IN_PROGRESS' : 'NOT_STARTED'
    }
    const all = order.lineItems.every(line => line.lineItemFulfillmentStatus === 'FULFILLED')
    order.orderFulfillmentStatus = all ? 'FULFILLED' : 'IN_PROGRESS'
    order.lastModifiedDate = new Date(this.now()).toISOString()
  }
}
