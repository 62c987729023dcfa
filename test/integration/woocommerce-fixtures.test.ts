import { readdirSync } from 'node:fs'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { receive } from '#connectors/storefronts/woocommerce/receive.ts'
import type { ConnectorContext, RawRequest } from '#core/contracts/connector.ts'
import type { Order } from '#core/documents/types.gen.ts'
import {
  connection,
  folder,
  openTranslator,
  type Result,
  read,
  type Translator,
} from './woocommerce-payloads.ts'
import { expectSameOrder, type WooOrder } from './woocommerce-reading.ts'

if (folder === null) console.warn('Skipped: the folder of real partner payloads is not there (HUB_FIXTURES).')
const suite = folder === null ? describe.skip : describe

/** Orders that are documents: file and external ids. */
const ORDERS: [file: string, ids: string[]][] = [
  ['order-1.json', ['727']],
  ['order-2.json', ['727', '723']],
  ['order-5.json', ['324']],
  ['order-6.json', ['459']],
  ['webhook-order-created-1.json', ['15']],
]

/** Orders whose own figures contradict each other: every part is read, the whole is shown to a person. */
const UNBALANCED = ['order-3.json', 'order-4.json', 'order-7.json']

/** Payloads that are no message of this channel, and why. */
const OTHERS: Readonly<Record<string, string>> = {
  'webhook-delivery-log-1.json': 'a log entry of the retired legacy API, which quotes a delivery',
  'webhook-action-1.headers.json': 'the headers of webhook-action-1.json',
}

/** Looked at in woocommerce-other-fixtures.test.ts. */
const NO_ORDERS = [
  'refund-1.json',
  'product-variation-1.json',
  'product-stock-1.json',
  'shipment-tracking-1.json',
]

const orderOf = (result: Result | undefined) => result?.document?.body as unknown as Order
const ordersIn = (file: string) => [JSON.parse(read(file).toString()) as WooOrder | WooOrder[]].flat()

suite('real orders of WooCommerce', () => {
  let translator: Translator
  const translate = (file: string) => translator.translate(read(file), 'order.updated')

  beforeAll(async () => {
    translator = await openTranslator()
  })

  it.each(ORDERS)('%s is an order that fits, balances and says what the payload says', async (file, ids) => {
    const results = await translate(file)
    expect(results.flatMap(({ problems }) => problems)).toEqual([])
    expect(results.map(({ document }) => document?.externalId)).toEqual(ids)
    for (const [index, payload] of ordersIn(file).entries()) expectSameOrder(orderOf(results[index]), payload)
  })

  it.each(UNBALANCED)(
    '%s is read whole, and parked: its total counts neither shipping nor fee',
    async file => {
      const [result] = await translate(file)
      expect(result?.problems.map(({ code }) => code)).toEqual(['INVARIANT_MONEY'])
      expect(result?.problems[0]?.message).toMatch(/289\.70.*31\.20.*258\.50/)
      expectSameOrder(orderOf(result), ordersIn(file)[0]!)
    },
  )

  it('order-8.json is a template: its dates are instructions, and each order says so', async () => {
    const results = await translate('order-8.json')
    expect(results).toHaveLength(5)
    for (const { problems } of results) expect(problems.map(({ code }) => code)).toContain('MAPPING_TYPE')
  })

  it('order-8.json holds orders that fit once they have dates', async () => {
    const templates = read('order-8.json')
      .toString()
      .replace(/\{\{.*?(?=-\d\d-\d\dT)/g, '2026')
    const results = await translator.translate(Buffer.from(templates), 'order.updated')
    expect(results.flatMap(({ problems }) => problems)).toEqual([])
    const payloads = JSON.parse(templates) as WooOrder[]
    for (const [index, payload] of payloads.entries()) expectSameOrder(orderOf(results[index]), payload)
  })

  it('malformed-order-1.json is refused by its bytes, not half read', async () => {
    await expect(translate('malformed-order-1.json')).rejects.toMatchObject({
      code: 'BODY_UNREADABLE',
    })
  })

  it('webhook-action-1.json proves its shop and is of a topic that becomes nothing', async () => {
    const { headers } = JSON.parse(read('webhook-action-1.headers.json').toString()) as {
      headers: Record<string, string | number>
    }
    const request: RawRequest = {
      ...{ method: 'POST', target: '/in/woo', url: 'https://hub.example/in/woo', receivedAt: 0 },
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
      ),
      body: read('webhook-action-1.json'),
    }
    const secrets = { webhookSecret: ['my-super-secret-private-key'] }
    const received = await receive(request, { ...connection, secrets }, {} as ConnectorContext)
    expect(received).toMatchObject({
      ok: true,
      messages: [
        { topic: 'action.woocommerce_add_to_cart', dedupeKey: 'action.woocommerce_add_to_cart|535|378' },
      ],
    })
    expect(translator.plans.has('woocommerce action.woocommerce_add_to_cart')).toBe(false)
  })

  it('are all looked at', () => {
    const looked = [
      ...ORDERS.map(([file]) => file),
      ...UNBALANCED,
      ...['order-8.json', 'malformed-order-1.json', 'webhook-action-1.json'],
      ...NO_ORDERS,
      ...Object.keys(OTHERS),
    ]
    expect(readdirSync(folder!).filter(file => !looked.includes(file))).toEqual([])
  })

  it('have no field that the source schema does not declare', () => {
    expect([...translator.drift].sort()).toEqual([])
  })
})
