import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { shopify } from '#connectors/storefronts/shopify/connector.ts'
import type { OrderAction, ShopifySimulator } from '#connectors/storefronts/shopify/simulator.ts'
import { parseJson } from '#core/kernel/parse-json.ts'
import { loadMappings, readSchemas } from '#core/mapping/load.ts'
import { createMapper } from '#core/mapping/mapper.ts'
import type { TestContext } from '#test/unit/connectors/shopify/context.ts'
import { openShop } from '#test/unit/connectors/shopify/shop.ts'

const MAPPINGS = fileURLToPath(new URL('../../mappings', import.meta.url))
const LIFE: OrderAction[] = ['pay', 'edit', 'fulfil', 'refund', 'cancel']
const ORDERS = 60

let shop: ShopifySimulator
let polling: TestContext
let close: () => Promise<void>
/** What differs from the source schema of the topic's mapping, in all these records. */
let drift: (topic: string, records: readonly unknown[]) => string[]

beforeAll(async () => {
  const opened = await openShop()
  ;({ shop, polling, close } = opened)
  for (let n = 0; n < ORDERS; n++) {
    const { id } = shop.placeOrder()
    opened.advance(1_000)
    shop.changeOrder(id, LIFE[n % LIFE.length]!)
  }
  const { schemas, sources } = await readSchemas(MAPPINGS)
  const mapper = createMapper({ schemas, sources })
  const { byTopic } = await loadMappings(MAPPINGS, mapper, file => file.startsWith('storefronts/shopify/'))
  drift = (topic, records) => {
    const detect = mapper.driftDetector(byTopic.get(`shopify ${topic}`)!)!
    const found = records.flatMap(detect).map(({ kind, pointer, value }) => `${kind} ${pointer} ${value}`)
    return [...new Set(found)]
  }
})

afterAll(() => close())

describe('the simulated shop sends nothing that the source schemas do not know', () => {
  it('when it is polled', async () => {
    const records: unknown[] = []
    for await (const page of shopify.poll!('order', null, polling))
      records.push(...page.messages.map(({ body }) => parseJson(body)))
    expect(records).toHaveLength(ORDERS)
    expect(drift('graphql/order', records)).toEqual([])
  })

  it('in its webhooks', () => {
    const orders = [...shop.orders.values()]
    const refunds = orders.flatMap(order => order.refunds)
    const fulfillments = orders.flatMap(order => order.fulfillments)
    expect(refunds.length * fulfillments.length).toBeGreaterThan(0)
    expect(drift('orders/updated', orders)).toEqual([])
    expect(drift('refunds/create', refunds)).toEqual([])
    expect(drift('fulfillments/create', fulfillments)).toEqual([])
  })
})
