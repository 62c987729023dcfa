import { ARTICLES } from '#connectors/storefronts/shopify/simulator/catalogue.ts'
import { pick } from '#connectors/storefronts/shopify/simulator/draw.ts'
import { LOCATION } from '#connectors/storefronts/shopify/simulator/refund-lines.ts'
import type { StockedArticle } from '#connectors/storefronts/shopify/simulator/stock.ts'
import {
  createShopifySimulator,
  drawnUuid,
  generateOrder,
  type OrderAction,
  type RestOrder,
  reviseOrder,
  type ShopifySimulator,
  signedWebhook,
} from '#connectors/storefronts/shopify/simulator.ts'
import { systemClock } from '#core/kernel/clock.ts'
import { hundredths, type Sold, type Webhook } from '../channel.ts'
import { ownRecord, type Run } from '../run.ts'
import type { Shelf } from '../shelf.ts'
import type { LookedInto } from '../way-back.ts'

const SECRET = 'storm-secret-of-the-shop'
const FIRST_ITEM = 46_300_000_001
const CURRENCIES = ['USD', 'USD', 'EUR', 'GBP']

/** Whole orders in its webhooks, repeated until they are taken. */
export async function shopifyChannel(run: Run): Promise<LookedInto> {
  const { random } = run
  const id = `${run.name}-shopify`.toLowerCase()
  const domain = `${id}.myshopify.com`
  const articles: StockedArticle[] = []
  const shop = createShopifySimulator({ clock: systemClock, random, shop: domain, secret: SECRET, articles })
  const apiBaseUrl = await shop.listen()
  let last = 0
  const own = (order: RestOrder): RestOrder => shop.placeOrder(ownRecord(order, run, order.email))
  const now = (): string => new Date(Math.floor(systemClock.now() / 1_000) * 1_000).toISOString()
  const act = (order: string, action: OrderAction): RestOrder =>
    own(reviseOrder(shop.orders.get(Number(order))!, action, { random, at: now() }))
  const webhookOf = (topic: string, payload: unknown): Webhook =>
    signedWebhook({
      ...{ topic, payload, shop: domain, secret: SECRET, apiVersion: '2026-10' },
      ...{ triggeredAt: systemClock.now(), eventId: drawnUuid(random), webhookId: drawnUuid(random) },
    })
  return {
    ...{ id, repeats: true, isQuiet: false },
    declared: {
      ...{ id, connector: 'shopify' },
      settings: { shop: domain, apiBaseUrl, pollSeconds: 3_600 },
      secrets: { webhookSecret: SECRET, accessToken: 'shpat_simulated' },
    },
    skus: ARTICLES.map(({ sku }) => run.sku(sku)),
    shelf: shelfOf(shop, articles),
    sell() {
      last += 1
      const currency = pick(random, CURRENCIES)
      const drawn = generateOrder(random, last, { at: systemClock.now(), currency })
      const buyer = run.buyer(`${drawn.customer.first_name} ${drawn.customer.last_name}`)
      const customer = { ...drawn.customer, id: 7_200_000_000_000 + buyer.id }
      const order = { ...drawn, name: `#${run.name}-${1_000 + last}`, customer }
      return String(shop.placeOrder(ownRecord(order, run, buyer.email)).id)
    },
    change: order => void act(order, pick(random, ['pay', 'edit', 'edit', 'refund'])),
    cancel: order => void act(order, 'cancel'),
    tell: (order, event) =>
      webhookOf(event === 'created' ? 'orders/create' : 'orders/updated', shop.orders.get(Number(order))),
    parcels: order =>
      shop.orders
        .get(Number(order))!
        .fulfillments.map(({ tracking_number: tracking, line_items: lines }) => ({
          ...{ tracking, units: Object.fromEntries(lines.map(({ sku, quantity }) => [sku, quantity])) },
        })),
    isFulfilled: order => shop.orders.get(Number(order))!.fulfillment_status === 'fulfilled',
    refund(order) {
      act(order, 'pay')
      const [refund] = act(order, 'refund').refunds
      const paid = refund!.transactions.reduce((sum, { amount }) => sum + hundredths(amount), 0)
      return { webhook: webhookOf('refunds/create', refund), paid, restocked: refund!.restock }
    },
    sold: () => [...shop.orders.values()].map(order => soldOf(order, id)),
    close: () => shop.close(),
  }
}

function shelfOf({ stock }: ShopifySimulator, articles: StockedArticle[]): Shelf {
  const itemOf = (sku: string) => articles.find(one => one.sku === sku)?.inventoryItem
  const shows = (sku: string) => stock.levels.get(`${itemOf(sku)}@${LOCATION}`)?.available ?? 0
  const put = (item: number, available: number) => stock.set({ item, location: LOCATION, available })
  return {
    shows,
    list(sku, units) {
      const inventoryItem = FIRST_ITEM + articles.length
      articles.push({ inventoryItem, sku })
      put(inventoryItem, units)
    },
    take(sku, units) {
      const item = itemOf(sku)
      if (item !== undefined) put(item, shows(sku) - units)
    },
  }
}

const soldOf = (order: RestOrder, channel: string): Sold => ({
  ...{ channel, id: String(order.id), reference: order.name, currency: order.currency },
  total: hundredths(order.current_total_price),
  cancelled: order.cancelled_at !== null,
  name: `${order.customer.first_name} ${order.customer.last_name}`,
  email: order.email,
  lines: order.line_items.map(line => ({
    ...{ sku: line.sku, quantity: line.current_quantity, price: hundredths(line.price) },
  })),
})
