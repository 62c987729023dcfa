import type { SimulatedOrder } from '#connectors/marketplaces/ebay/simulator/draw-order.ts'
import type { Seller } from '#connectors/marketplaces/ebay/simulator/seller.ts'
import { createSigningKey } from '#connectors/marketplaces/ebay/simulator/signing.ts'
import { createEbaySimulator } from '#connectors/marketplaces/ebay/simulator.ts'
import { systemClock } from '#core/kernel/clock.ts'
import { type Channel, hundredths, type Sold } from '../channel.ts'
import { ownRecord, type Run } from '../run.ts'
import type { Shelf } from '../shelf.ts'

const APP = { clientId: 'storm-app', clientSecret: 'storm-cert', refreshToken: 'v^1.1#storm-refresh' }
const ARTICLES = 8
/** The shortest that the connector takes. */
const POLL_SECONDS = 60

interface Order extends SimulatedOrder {
  cancelStatus: { cancelState: string }
  pricingSummary: { total: { value: string; currency: string } }
  fulfillmentStartInstructions: {
    shippingStep: { shipTo: { fullName: string; email: string; contactAddress: { addressLine2: string } } }
  }[]
}

/** Tells nothing of changes: the hub asks what changed. */
export async function ebayChannel(run: Run): Promise<Channel> {
  const id = `${run.name}-ebay`.toLowerCase()
  const now = (): number => systemClock.now()
  const key = createSigningKey('b6f1c0de-0000-4000-8000-000000000001')
  const sim = await createEbaySimulator({ now, random: run.random, ...APP, key })
  const { seller } = sim
  sim.tokens.grant('user')
  const changed = (order: string, change: (record: Order) => void): void => {
    change(seller.orders.get(order) as Order)
    seller.touch(order, now())
  }
  let last = 0
  return {
    ...{ id, repeats: false, isQuiet: true },
    declared: {
      ...{ id, connector: 'ebay' },
      settings: { apiBaseUrl: sim.baseUrl, pollSeconds: POLL_SECONDS },
      secrets: { ...APP, accessToken: 'v^1.1#simulated-user-1' },
    },
    skus: Array.from({ length: ARTICLES }, (_, n) => [`KIT-${n}`, `CARD-${n}`])
      .flat()
      .map(run.sku),
    shelf: shelfOf(seller),
    sell() {
      last += 1
      const drawn = seller.addOrder(now()) as Order
      for (const line of drawn.lineItems) line.sku = line.sku.replace(/\d+$/, String(last % ARTICLES))
      const buyer = run.buyer(shipToOf(drawn).fullName)
      const own = ownRecord(drawn, run, buyer.email)
      Object.assign(own, { buyer: { ...(own['buyer'] as object), username: `buyer_${buyer.id}` } })
      seller.orders.set(own.orderId, own)
      return own.orderId
    },
    change: order =>
      changed(order, record => {
        shipToOf(record).contactAddress.addressLine2 = `Apt ${1 + Math.floor(run.random() * 99)}`
      }),
    cancel: order =>
      changed(order, record => {
        record.cancelStatus.cancelState = 'CANCELED'
      }),
    tell: () => null,
    sold: () => [...seller.orders.values()].map(order => soldOf(order as Order, id)),
    close: () => sim.close(),
  }
}

/** A listing shows the lesser of the item's figure and its offer's. */
function shelfOf(seller: Seller): Shelf {
  const { items } = seller
  return {
    list: (sku, units) => void seller.addItem(sku, units),
    shows(sku) {
      const item = items.get(sku)
      return item ? Math.min(item.quantity, ...item.offers.map(one => one.availableQuantity)) : 0
    },
    take(sku, units) {
      const item = items.get(sku)
      if (!item) return
      item.quantity -= units
      for (const offer of item.offers) offer.availableQuantity -= units
    },
  }
}

const shipToOf = (order: Order) => order.fulfillmentStartInstructions[0]!.shippingStep.shipTo

function soldOf(order: Order, channel: string): Sold {
  const { fullName: name, email } = shipToOf(order)
  const { value, currency } = order.pricingSummary.total
  return {
    ...{ channel, id: order.orderId, reference: order.orderId, currency, total: hundredths(value) },
    ...{ cancelled: order.cancelStatus.cancelState === 'CANCELED', name, email },
    lines: order.lineItems.map(({ sku, quantity, lineItemCost }) => ({
      ...{ sku, quantity },
      price: Math.round(hundredths((lineItemCost as { value: string }).value) / quantity),
    })),
  }
}
