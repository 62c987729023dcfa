import type { SimOrder } from '#connectors/storefronts/bigcommerce/simulator/records.ts'
import type { Store } from '#connectors/storefronts/bigcommerce/simulator/store.ts'
import { createBigcommerceSimulator, signBigcommerce } from '#connectors/storefronts/bigcommerce/simulator.ts'
import { systemClock } from '#core/kernel/clock.ts'
import { hundredths, type Sold, type Webhook } from '../channel.ts'
import { ownRecord, type Run } from '../run.ts'
import type { Shelf } from '../shelf.ts'
import type { LookedInto } from '../way-back.ts'

const TOKEN = 'storm-access-token'
const SECRET = 'storm-client-secret-of-the-app'
const CANCELLED = 5

interface Facts {
  currency_code: string
  total_inc_tax: string
  billing_address: { first_name: string; last_name: string; email: string }
}

interface Address {
  street_1: string
}

/** Its webhooks name an order: the hub fetches it, within 150 calls in half a minute. */
export async function bigcommerceChannel(run: Run): Promise<LookedInto> {
  const id = `${run.name}-big`.toLowerCase()
  const storeHash = run.name.toLowerCase()
  const now = (): number => systemClock.now()
  const sim = await createBigcommerceSimulator({ now, random: run.random, token: TOKEN, storeHash })
  const { orders } = sim.store
  const changed = (order: string, change: (record: SimOrder) => void): void => {
    const record = orders.get(Number(order))!
    change(record)
    record.modified = now()
  }
  function webhookOf(scope: string, data: Record<string, unknown>): Webhook {
    const of = { store_id: '1025646', producer: `stores/${storeHash}`, hash: '', created_at: now() / 1_000 }
    const body = Buffer.from(JSON.stringify({ scope, ...of, data }))
    const deliveryId = `msg_${sim.store.nextId()}`
    return { headers: signBigcommerce({ body, secret: SECRET, at: now(), deliveryId }), body }
  }
  return {
    ...{ id, repeats: true, isQuiet: false },
    declared: {
      ...{ id, connector: 'bigcommerce' },
      settings: { storeHash, apiBaseUrl: sim.baseUrl, pollSeconds: 3_600 },
      secrets: { accessToken: TOKEN, webhookSecret: SECRET },
    },
    skus: ['MUG-1', 'TOWEL-S', 'LAMP-9'].map(run.sku),
    shelf: shelfOf(sim.store),
    sell() {
      const drawn = sim.store.placeOrder()
      const { billing_address: of } = drawn.facts as unknown as Facts
      const buyer = run.buyer(`${of.first_name} ${of.last_name}`)
      orders.set(drawn.id, ownRecord(drawn, run, buyer.email))
      return String(drawn.id)
    },
    change: order =>
      changed(order, ({ parts }) => {
        const address = parts.shipping_addresses[0] as unknown as Address
        address.street_1 = `${1 + Math.floor(run.random() * 900)} Lake Rd`
      }),
    cancel: order =>
      changed(order, record => {
        record.status = CANCELLED
      }),
    tell: (order, event) => webhookOf(`store/order/${event}`, { type: 'order', id: Number(order) }),
    parcels: order => {
      const { shipments, products } = orders.get(Number(order))!
      const skuOf = (line: number) => products.find(({ id: of }) => of === line)?.sku ?? ''
      return shipments.map(({ tracking_number: tracking, items }) => ({
        tracking,
        units: Object.fromEntries(items.map(item => [skuOf(item.order_product_id), item.quantity])),
      }))
    },
    isFulfilled: order =>
      orders.get(Number(order))!.products.every(one => one.quantity_shipped === one.quantity),
    refund(order) {
      const record = orders.get(Number(order))!
      const refund = sim.store.refund(record)
      const paid = hundredths(String(record.refunds[0]!['total_amount']))
      const data = { type: 'order', id: record.id, refund: { refund_id: refund } }
      return { webhook: webhookOf('store/order/refund/created', data), paid, restocked: false }
    },
    sold: () => [...orders.values()].map(order => soldOf(order, id)),
    close: () => sim.close(),
  }
}

function shelfOf(store: Store): Shelf {
  const find = (sku: string) => [...store.stock.values()].find(one => one.sku === sku)
  return {
    list: (sku, units) => store.putStock(store.nextId(), sku, units),
    shows: sku => find(sku)?.onHand ?? 0,
    take(sku, units) {
      const stock = find(sku)
      if (stock) stock.onHand -= units
    },
  }
}

function soldOf({ id, status, facts, products }: SimOrder, channel: string): Sold {
  const { currency_code: currency, total_inc_tax: total, billing_address: of } = facts as unknown as Facts
  return {
    ...{ channel, id: String(id), reference: String(id), currency, total: hundredths(total) },
    cancelled: status === CANCELLED,
    name: `${of.first_name} ${of.last_name}`,
    email: of.email,
    lines: products.map(({ sku, quantity, price_ex_tax: price }) => ({
      ...{ sku, quantity, price: hundredths(String(price)) },
    })),
  }
}
