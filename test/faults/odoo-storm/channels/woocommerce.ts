import type { SimOrder } from '#connectors/storefronts/woocommerce/simulator/records.ts'
import type { Shop } from '#connectors/storefronts/woocommerce/simulator/shop.ts'
import { startWooSimulator, webhookHeaders } from '#connectors/storefronts/woocommerce/simulator.ts'
import { systemClock } from '#core/kernel/clock.ts'
import { type Channel, hundredths, type Sold } from '../channel.ts'
import { ownRecord, type Run } from '../run.ts'
import type { Shelf } from '../shelf.ts'

const KEYS = { consumerKey: 'ck_storm', consumerSecret: 'cs_storm' }
const SECRET = 'storm-secret-of-the-webhooks'

/** An order as this channel changes and compares it; amounts are text without tax. */
interface Order extends SimOrder {
  number: string
  currency: string
  total: string
  billing: { first_name: string; last_name: string; email: string }
  line_items: Line[]
}

interface Line {
  [member: string]: unknown
  id: number
  sku: string
  quantity: number
  subtotal: string
  subtotal_tax: string
  total: string
  total_tax: string
}

/** Whole orders in its webhooks, each sent once: what is lost is found by the poll. */
export async function woocommerceChannel(run: Run): Promise<Channel> {
  const id = `${run.name}-woo`.toLowerCase()
  const shopUrl = `https://${id}.example`
  const sim = await startWooSimulator({ now: () => systemClock.now(), random: run.random, shopUrl, ...KEYS })
  const orderOf = (order: string): Order => sim.orders.get(Number(order)) as Order
  return {
    id,
    ...{ repeats: false, isQuiet: false },
    declared: {
      ...{ id, connector: 'woocommerce' },
      settings: { shopUrl, apiBaseUrl: sim.baseUrl, pollSeconds: 10, callsPerSecond: 50 },
      secrets: { ...KEYS, webhookSecret: SECRET },
    },
    skus: ['SYLT-S', 'CUP', 'TEA-100'].map(run.sku),
    shelf: shelfOf(sim),
    sell() {
      const drawn = sim.placeOrder(systemClock.now()) as Order
      const buyer = run.buyer(`${drawn.billing.first_name} ${drawn.billing.last_name}`)
      const guest = run.random() < 0.5
      const own = { ...drawn, number: `${run.name}-${drawn.id}`, customer_id: guest ? 0 : buyer.id }
      sim.orders.set(drawn.id, ownRecord(own, run, buyer.email))
      return String(drawn.id)
    },
    change(order) {
      const record = orderOf(order)
      doubleFirst(record)
      sim.touch(record, systemClock.now())
    },
    cancel(order) {
      const record = orderOf(order)
      record.status = 'cancelled'
      sim.touch(record, systemClock.now())
    },
    tell(order, event) {
      const body = Buffer.from(JSON.stringify(orderOf(order)))
      const deliveryId = String(sim.nextId())
      const of = { topic: `order.${event}`, shopUrl, webhookId: 1, deliveryId, secret: SECRET, body }
      return { headers: webhookHeaders(of), body }
    },
    sold: () => [...sim.orders.values()].map(order => soldOf(order as Order, id)),
    close: () => sim.close(),
  }
}

function shelfOf({ products, putProduct, touch }: Pick<Shop, 'products' | 'putProduct' | 'touch'>): Shelf {
  const find = (sku: string) => [...products.values()].find(one => one.sku === sku)
  const shows = (sku: string) => find(sku)?.stock_quantity ?? 0
  return {
    shows,
    list: (sku, units) => void putProduct({ sku, stock_quantity: units }, systemClock.now()),
    take(sku, units) {
      const product = find(sku)
      if (!product) return
      product.stock_quantity = shows(sku) - units
      touch(product, systemClock.now())
    },
  }
}

/** Twice as many of the first article: its amounts double, and the sums grow by what they were. */
function doubleFirst(order: Order): void {
  const [line] = order.line_items
  if (!line) return
  const grown = hundredths(line.total) + hundredths(line.total_tax)
  line.quantity *= 2
  for (const member of ['subtotal', 'subtotal_tax', 'total', 'total_tax'] as const)
    line[member] = ((hundredths(line[member]) * 2) / 100).toFixed(2)
  line['taxes'] = [{ id: 3, total: line.total_tax, subtotal: line.subtotal_tax }]
  order.total = ((hundredths(order.total) + grown) / 100).toFixed(2)
  const taxes = order.line_items.reduce((sum, { total_tax: tax }) => sum + hundredths(tax), 0)
  const shipping = hundredths(String(order['shipping_tax']))
  order['cart_tax'] = (taxes / 100).toFixed(2)
  order['total_tax'] = ((taxes + shipping) / 100).toFixed(2)
}

const soldOf = (order: Order, channel: string): Sold => ({
  ...{ channel, id: String(order.id), reference: order.number, currency: order.currency },
  total: hundredths(order.total),
  cancelled: order.status === 'cancelled',
  name: `${order.billing.first_name} ${order.billing.last_name}`,
  email: order.billing.email,
  lines: order.line_items.map(({ sku, quantity, subtotal, subtotal_tax: tax }) => ({
    ...{ sku, quantity, price: Math.round((hundredths(subtotal) + hundredths(tax)) / quantity) },
  })),
})
