import { createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { manifest } from '#connectors/storefronts/bigcommerce/manifest.ts'
import { receive } from '#connectors/storefronts/bigcommerce/receive.ts'
import type { ConnectorContext, RawRequest, Received } from '#core/contracts/connector.ts'
import type { Order, Shipment } from '#core/documents/types.gen.ts'
import { fixturesDir } from '#test/support/fixtures.ts'
import {
  connection,
  folder,
  openTranslator,
  type Result,
  read,
  type Translator,
} from './bigcommerce-payloads.ts'
import { expectSameOrder, type StoreOrder } from './bigcommerce-reading.ts'

if (folder === null) console.warn('Skipped: the folder of real partner payloads is not there (HUB_FIXTURES).')
const suite = folder === null ? describe.skip : describe

const parsed = <T>(file: string): T => JSON.parse(read(file).toString()) as T
const listOf = <T>(file: string): T[] => [parsed<T | T[]>(file)].flat() as T[]
const bodyOf = <T>(result: Result | undefined): T => result?.document?.body as unknown as T

/** The order's lines are a list of their own, which the documentation’s examples are not of one piece with. */
const oneLine = (order: StoreOrder) => ({
  ...{
    id: order.id * 10,
    order_id: order.id,
    product_id: 5,
    name: 'Everything',
    sku: 'ALL',
    quantity: order['items_total'],
  },
  ...{ total_ex_tax: order['subtotal_ex_tax'], total_inc_tax: order['subtotal_inc_tax'] },
})

const answersFor = (order: StoreOrder) => ({
  [`/v2/orders/${order.id}`]: order,
  [`/v2/orders/${order.id}/products`]: [oneLine(order)],
})

suite('real payloads of BigCommerce', () => {
  let translator: Translator

  beforeAll(async () => {
    translator = await openTranslator()
  })

  it.each(['order-1.json', 'order-2.json', 'order-3.json'])(
    '%s: every order fits, balances and says what the payload says',
    async file => {
      const orders = listOf<StoreOrder>(file)
      expect(orders.length).toBeGreaterThan(0)
      for (const order of orders) {
        const [result] = await translator.translate(order, 'rest/order', answersFor(order))
        expect(result?.problems).toEqual([])
        expectSameOrder(bodyOf<Order>(result), order)
      }
    },
  )

  it('order-1.json: its fees are no part of its total, and its billing form is kept', async () => {
    const [order] = listOf<StoreOrder>('order-1.json')
    const [result] = await translator.translate(order!, 'rest/order', answersFor(order!))
    const { fees, attributes, properties, taxesIncluded } = bodyOf<Order>(result)
    expect({ fees, uncounted: attributes?.['uncountedFees'], taxesIncluded, properties }).toEqual({
      ...{ fees: [], uncounted: '24.30', taxesIncluded: true },
      properties: [{ name: 'Delivery Instructions', value: 'Leave in backyard' }],
    })
  })

  it('an order whose lines are not all there is shown to a person', async () => {
    const [order] = listOf<StoreOrder>('order-2.json')
    const answers = { [`/v2/orders/${order!.id}`]: order }
    const [result] = await translator.translate(order!, 'rest/order', answers)
    expect(result?.problems.map(({ code }) => code)).toEqual(['INVARIANT_MONEY'])
  })

  it('order-products-1.json: lines with options, a discount and a component', async () => {
    const products = listOf<Record<string, unknown>>('order-products-1.json')
    const order = {
      ...listOf<StoreOrder>('order-2.json')[0]!,
      ...{ id: 149, items_total: 2, subtotal_ex_tax: '55.9900', subtotal_inc_tax: '65.2300' },
      ...{
        discount_amount: '1.5900',
        total_inc_tax: '63.6400',
        total_ex_tax: '54.6300',
        total_tax: '9.0100',
      },
    }
    const answers = { '/v2/orders/149': order, '/v2/orders/149/products': products }
    const [result] = await translator.translate(
      { scope: 'x', data: { id: 149 } },
      'store/order/updated',
      answers,
    )
    expect(result?.problems).toEqual([])
    const [towel, system] = bodyOf<Order>(result).lines
    expect(towel).toMatchObject({
      ...{
        externalId: '65',
        sku: 'S-ORAN',
        gtin: '1234567891112',
        productId: '77',
        unitPrice: '65.23',
        quantity: 1,
      },
      ...{
        total: '63.64',
        taxTotal: '9.24',
        vendor: 'BigCommerce',
        variantTitle: 'S, Orange, Able Brewing System',
      },
      discounts: [{ amount: '1.59', title: 'Manual Discount', kind: 'manual' }],
      weight: { value: 1, unit: 'kg' },
    })
    expect(towel?.properties?.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      ...['Size: S', 'Color: Orange', 'Add Letters: Text Field', 'Is this a gift?: Yes'],
      'PickList: Able Brewing System',
    ])
    expect(system).toMatchObject({ externalId: '66', sku: 'ABS', parentLineId: '65', unitPrice: '0.00' })
  })

  it('shipment-1.json: each shipment to its own address', async () => {
    const shipments = listOf<{ id: number; tracking_number: string; shipping_address: { street_1: string } }>(
      'shipment-1.json',
    )
    const answers = { '/v2/orders/225/shipments': shipments }
    const results = await translator.translate({ id: 225 }, 'rest/shipments', answers)
    expect(results.flatMap(({ problems }) => problems)).toEqual([])
    expect(
      results.map(result => {
        const { externalId, orderId, shipTo, packages, lines, shippedAt } = bodyOf<Shipment>(result)
        return [externalId, orderId, shipTo?.line1, packages[0]?.trackingNumber, lines[0]?.lineId, shippedAt]
      }),
    ).toEqual([
      ['6', '225', '666 Sussex St', 'EJ958083578US', '188', '2019-03-11T17:22:08Z'],
      ['7', '225', '555 Main Street', 'EJ958083578UK', '189', '2019-03-11T17:22:31Z'],
    ])
  })

  it('order-statuses-1.json: every status has a meaning', async () => {
    const [order] = listOf<StoreOrder>('order-3.json')
    for (const { id } of listOf<{ id: number }>('order-statuses-1.json')) {
      const one = { ...order!, status_id: id }
      const [result] = await translator.translate(one, 'rest/order', answersFor(one))
      if (id === 0) expect(result?.skipped).toBe('SOURCE_SKIPPED')
      else {
        const { status, paymentStatus, fulfilmentStatus } = bodyOf<Order>(result)
        expect([id, status, paymentStatus, fulfilmentStatus]).not.toContain('unknown')
      }
    }
  })

  it('order-3.headers.json: the quota is learned from an answer', () => {
    const { headers } = parsed<{ headers: Record<string, string> }>('order-3.headers.json')
    expect(manifest.limits?.read?.({ status: 200, headers, body: [] })).toEqual({
      ...{ available: 148, capacity: 150, refillPerSecond: 5 },
    })
  })

  const WEBHOOKS: [file: string, answers: (of: Translator) => Record<string, unknown>, id: string][] = [
    ['webhook-order-created-1.json', () => orderOf(250), '250'],
    ['webhook-order-status-updated-1.json', () => orderOf(250), '250'],
    [
      'webhook-order-refund-created-1.json',
      () => ({
        ...orderOf(250),
        '/v3/orders/250/payment_actions/refunds': {
          data: [
            {
              id: 3,
              order_id: 250,
              total_amount: 9.5,
              created: '2026-06-25T16:25:23+00:00',
              items: [],
              payments: [],
            },
          ],
        },
      }),
      '3',
    ],
    [
      'webhook-shipment-created-1.json',
      () => ({
        '/v2/orders/251/shipments/12': { ...listOf<object>('shipment-1.json')[0], id: 12, order_id: 251 },
      }),
      '12',
    ],
    [
      'webhook-sku-inventory-order-updated-1.json',
      () => ({
        '/v3/inventory/items': {
          data: [
            {
              identity: { sku: 'A', variant_id: 509, product_id: 206, sku_id: 461 },
              locations: [{ location_id: 1, available_to_sell: 5, total_inventory_onhand: 5 }],
            },
          ],
        },
      }),
      '509@1',
    ],
  ]

  const orderOf = (id: number) => answersFor({ ...listOf<StoreOrder>('order-3.json')[0]!, id })

  it.each(WEBHOOKS)('%s is received, fetched back and becomes a document', async (file, answers, id) => {
    const envelope = parsed<{ scope: string; created_at: number }>(file)
    const received = await receive(signed(read(file)), connection, {} as ConnectorContext)
    const [message] = received.ok ? received.messages : []
    expect(message).toMatchObject({ topic: envelope.scope, eventAt: envelope.created_at * 1_000 })
    const results = await translator.translate(message!.body, message!.topic, answers(translator))
    expect(results.flatMap(({ problems }) => problems)).toEqual([])
    expect(results.map(({ document }) => document?.externalId)).toEqual([id])
  })

  it('have no member that the source schemas do not know', () => {
    expect([...translator.drift].filter(found => found.startsWith('new-field'))).toEqual([])
  })

  it('are all looked at', () => {
    const looked = [
      ...['order-1.json', 'order-2.json', 'order-3.json', 'order-3.headers.json', 'order-products-1.json'],
      ...['order-statuses-1.json', 'shipment-1.json', ...WEBHOOKS.map(([file]) => file)],
    ]
    expect(readdirSync(folder!).toSorted()).toEqual(looked.toSorted())
  })

  interface Vector {
    id: string
    headers?: Record<string, string>
    body?: string
    valid?: boolean | null
    freeze_clock_at?: number
  }

  const vectors =
    folder === null
      ? []
      : (
          JSON.parse(
            readFileSync(join(fixturesDir()!, 'signatures/standard-webhooks.json'), 'utf8'),
          ) as Vector[]
        ).filter(({ headers, body }) => headers?.['webhook-id'] && typeof body === 'string')

  it.each(vectors)(
    'vector $id, made with the base64 of a client secret as the library’s secret',
    async vector => {
      const at = Number(vector.headers?.['webhook-timestamp'])
      // What BigCommerce does: the library is given base64(client secret), and decodes it.
      const key = Buffer.from(Buffer.from('client-secret-1').toString('base64'), 'base64')
      const id = vector.headers?.['webhook-id'] ?? ''
      const ours = createHmac('sha256', key).update(`${id}.${at}.${vector.body}`).digest('base64')
      const request = (headers: Record<string, string>): RawRequest => ({
        ...signed(Buffer.from(vector.body ?? '')),
        headers,
        receivedAt: (vector.freeze_clock_at ?? 0) * 1_000,
      })
      const judge = async (headers: Record<string, string>): Promise<Received> =>
        receive(request(headers), connection, {} as ConnectorContext)
      const foreign = await judge(vector.headers ?? {})
      expect(foreign.ok ? '' : foreign.code).toMatch(/^SIGNATURE_/)
      const fresh = Math.abs(at - (vector.freeze_clock_at ?? 0)) <= 300
      const own = await judge({ ...vector.headers, 'webhook-signature': `v1,${ours}` })
      // The body names no topic: refused, but not for its signature.
      expect(!own.ok && !own.code.startsWith('SIGNATURE_')).toBe(fresh)
    },
  )
})

function signed(body: Buffer): RawRequest {
  const at = 1_790_000_000
  const signature = createHmac('sha256', 'client-secret-1')
    .update(`evt-1.${at}.`)
    .update(body)
    .digest('base64')
  return {
    ...{ method: 'POST', target: '/in/bc', url: 'https://hub.example/in/bc', body, receivedAt: at * 1_000 },
    headers: {
      'content-type': 'application/json',
      'webhook-id': 'evt-1',
      'webhook-timestamp': String(at),
      'webhook-signature': `v1,${signature}`,
    },
  }
}
