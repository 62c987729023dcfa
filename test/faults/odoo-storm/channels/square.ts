import { addItem, addOrder, setCount, timeOf, usd } from '#connectors/pos/square/simulator/till.ts'
import type { Money, Till, Order as TillOrder } from '#connectors/pos/square/simulator/types.ts'
import { createSquareSimulator, signSquare } from '#connectors/pos/square/simulator.ts'
import { systemClock } from '#core/kernel/clock.ts'
import type { Channel, Sold } from '../channel.ts'
import { ownRecord, type Run } from '../run.ts'
import type { Shelf } from '../shelf.ts'

const ARTICLES = 10
const MERCHANT = 'MERCHANT-1'
const LOCATION = 'LOC-01'
const SECRET = 'storm-signature-key'
const ACCOUNT = {
  ...{ merchantId: MERCHANT, accessToken: 'EAAA-storm', refreshToken: 'EQAA-storm', signatureKey: SECRET },
  ...{ clientId: 'sq0idp-storm', clientSecret: 'sq0csp-storm', applicationToken: 'EAAA-storm-application' },
}

interface Line {
  uid: string
  quantity: string
  catalog_object_id?: string
  base_price_money: Money
  [member: string]: unknown
}

interface Order extends TillOrder {
  reference_id: string
  total_money: Money
  line_items: Line[]
  taxes: Record<string, unknown>[]
  fulfillments: (TillOrder['fulfillments'][number] & {
    shipment_details: { recipient: { display_name: string; email_address: string } }
  })[]
}

/** Its events name an order: the hub fetches it. The address that it calls is signed too. */
export async function squareChannel(run: Run, hubUrl: string): Promise<Channel> {
  const id = `${run.name}-square`.toLowerCase()
  const now = (): number => systemClock.now()
  const sim = await createSquareSimulator({ now, random: run.random, ...ACCOUNT })
  const { till } = sim
  till.orders.clear()
  till.refunds.clear()
  const items = Array.from({ length: ARTICLES }, (_, index) => ({
    id: `ITEM-${index + 1}`,
    sku: run.sku(`SQ-${index + 1}`),
  }))
  for (const item of items) addItem(till, { ...item, at: now() })
  const changed = (order: string, change: (record: Order) => void): void => {
    const record = till.orders.get(order) as Order
    change(record)
    record.version += 1
    record.updated_at = timeOf(now())
  }
  let last = 0
  return {
    ...{ id, repeats: true, isQuiet: false },
    declared: {
      ...{ id, connector: 'square' },
      settings: { merchantId: MERCHANT, apiBaseUrl: sim.baseUrl, pollSeconds: 3_600, locationId: LOCATION },
      secrets: { accessToken: ACCOUNT.accessToken, webhookSecret: SECRET },
    },
    skus: items.map(({ sku }) => sku),
    shelf: shelfOf(till),
    sell() {
      last += 1
      const drawn = addOrder(till, { id: `${run.name}-O${last}`, n: last, at: now() }) as Order
      const [recipient] = drawn.fulfillments.map(one => one.shipment_details.recipient)
      const { email } = run.buyer(recipient!.display_name)
      const own = ownRecord({ ...drawn, reference_id: `${run.name}-R${last}` }, run, email)
      buy(own, 1 + Math.floor(run.random() * 4))
      till.orders.set(own.id, own)
      return own.id
    },
    change: order => changed(order, record => buy(record, 1 + Math.floor(run.random() * 6))),
    cancel: order =>
      changed(order, record => {
        record.state = 'CANCELED'
        for (const fulfilment of record.fulfillments) fulfilment['state'] = 'CANCELED'
      }),
    tell(order, event) {
      const record = till.orders.get(order)!
      const object = { order_id: order, location_id: record.location_id, state: record.state }
      const body = Buffer.from(
        JSON.stringify({
          ...{ merchant_id: MERCHANT, type: `order.${event}`, created_at: timeOf(now()) },
          event_id: `${order}-${record.version}-${event}`,
          data: {
            ...{ type: `order_${event}`, id: order },
            object: { [`order_${event}`]: { ...object, version: record.version } },
          },
        }),
      )
      return { headers: signSquare({ url: `${hubUrl}/webhooks/${id}`, body, secret: SECRET }), body }
    },
    sold: () => [...till.orders.values()].map(order => soldOf(order as Order, { run, channel: id, items })),
    close: () => sim.close(),
  }
}

/** Where the articles of the first place are counted; those that were there before have their item already. */
function shelfOf(till: Till): Shelf {
  const itemOf = (sku: string) =>
    [...till.items.values()].find(
      ({ item_data: { variations } }) => variations[0]?.item_variation_data.sku === sku,
    )
  const placeOf = (id: string) => ({ catalog_object_id: `VAR-${id}`, location_id: LOCATION })
  const countOf = (id: string) => Number(till.counts.get(`VAR-${id}@${LOCATION}`)?.quantity ?? 0)
  const put = (id: string, units: number) =>
    setCount(till, { ...placeOf(id), quantity: String(units), at: systemClock.now() })
  return {
    list(sku, units) {
      const at = systemClock.now()
      const { id } = itemOf(sku) ?? addItem(till, { id: `SHELF-${till.items.size}`, sku, at })
      put(id, units)
    },
    shows(sku) {
      const item = itemOf(sku)
      return item ? countOf(item.id) : 0
    },
    take(sku, units) {
      const item = itemOf(sku)
      if (item && till.counts.has(`VAR-${item.id}@${LOCATION}`)) put(item.id, countOf(item.id) - units)
    },
  }
}

/** So many of the first article; Square computes tax line by line. */
function buy(order: Order, units: number): void {
  const [line, other] = order.line_items
  const goods = units * line!.base_price_money.amount
  const tax = Math.round(goods / 10)
  Object.assign(line!, {
    ...{ quantity: String(units), gross_sales_money: usd(goods), total_tax_money: usd(tax) },
    applied_taxes: [{ uid: 't1', tax_uid: 'vat', applied_money: usd(tax) }],
    total_money: usd(goods + tax),
  })
  const rest = other!['total_money'] as Money
  const restTax = other!['total_tax_money'] as Money
  order.total_money = usd(goods + tax + rest.amount)
  order['total_tax_money'] = usd(tax + restTax.amount)
  order.taxes[0]!['applied_money'] = usd(tax + restTax.amount)
}

interface Of {
  run: Run
  channel: string
  items: readonly { id: string; sku: string }[]
}

function soldOf(order: Order, { channel, items }: Of): Sold {
  const { display_name: name, email_address: email } = order.fulfillments[0]!.shipment_details.recipient
  const skuOf = ({ catalog_object_id: of }: Line) => items.find(item => `VAR-${item.id}` === of)?.sku
  return {
    ...{ channel, id: order.id, reference: order.reference_id, currency: order.total_money.currency },
    ...{ total: order.total_money.amount, cancelled: order.state === 'CANCELED', name, email },
    // Coffee by weight is no article.
    lines: order.line_items.flatMap(line => {
      const sku = skuOf(line)
      return sku ? [{ sku, quantity: Number(line.quantity), price: line.base_price_money.amount }] : []
    }),
  }
}
