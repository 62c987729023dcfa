import { TRACKINGS_KEY } from '../trackings.ts'
import { generateOrder } from './generate-order.ts'
import { gmt, type Random, type SimOrder, type SimProduct, type SimWebhook, times } from './records.ts'

/** Everything that a shop holds. Nothing happens by itself: the caller acts. */
export interface Shop {
  readonly orders: Map<number, SimOrder>
  readonly products: Map<number, SimProduct>
  readonly refunds: Map<number, Record<string, unknown>[]>
  readonly notes: Map<number, Record<string, unknown>[]>
  readonly webhooks: Map<number, SimWebhook>
  /** How often the API wrote a record, by path. */
  readonly writes: Map<string, number>
  nextId(): number
  placeOrder(at: number, id?: number): SimOrder
  refund(order: SimOrder, at: number): number
  track(order: SimOrder, trackingId: string): void
  putProduct(given: Partial<SimProduct> & { sku: string }, at: number): SimProduct
  /** The record changed now. */
  touch(record: SimOrder | SimProduct, at: number): void
  variationsOf(parent: number): SimProduct[]
}

export function createShop({ random }: { random: Random }): Shop {
  let lastId = 1_000
  const nextId = () => ++lastId
  const shop: Shop = {
    ...{ orders: new Map(), products: new Map(), refunds: new Map(), notes: new Map() },
    ...{ webhooks: new Map(), writes: new Map(), nextId },
    placeOrder(at, id = nextId()) {
      const order = generateOrder(random, id, at)
      shop.orders.set(id, order)
      return order
    },
    refund(order, at) {
      const id = nextId()
      order.refunds.push({ id, reason: 'Damaged', total: '-4.90' })
      shop.refunds.set(order.id, [...(shop.refunds.get(order.id) ?? []), refundOf(order, { id, at })])
      shop.touch(order, at)
      return id
    },
    track(order, trackingId) {
      const item = { tracking_id: trackingId, tracking_provider: 'dhl', tracking_number: `JD${order.id}` }
      order.meta_data.push({
        id: nextId(),
        key: TRACKINGS_KEY,
        value: [{ ...item, date_shipped: '1770076800' }],
      })
    },
    putProduct(given, at) {
      const id = given.id ?? nextId()
      const product: SimProduct = {
        ...{
          id,
          parent_id: 0,
          type: 'simple',
          name: `Article ${id}`,
          slug: `article-${id}`,
          status: 'publish',
        },
        ...{
          price: '12.90',
          regular_price: '12.90',
          manage_stock: true,
          stock_quantity: 5,
          stock_status: 'instock',
        },
        ...{ virtual: false, tax_status: 'taxable', weight: '0.35', attributes: [], variations: [] },
        ...times('created', at),
        ...times('modified', at),
        date_modified_gmt: gmt(at),
        ...given,
      }
      shop.products.set(id, product)
      return product
    },
    touch: (record, at) => void Object.assign(record, times('modified', at)),
    variationsOf: parent => [...shop.products.values()].filter(({ parent_id: of }) => of === parent),
  }
  return shop
}

/** Shipping paid back, as far as its order charged any. */
const refundOf = (order: SimOrder, { id, at }: { id: number; at: number }): Record<string, unknown> => ({
  ...{ id, parent_id: order.id, amount: '4.90', reason: 'Damaged', refunded_by: 1, refunded_payment: true },
  ...times('created', at),
  ...{ meta_data: [], line_items: [], fee_lines: [] },
  shipping_lines: [{ id: id * 10, method_title: 'DHL Paket', total: '-4.12', total_tax: '-0.78', taxes: [] }],
})
