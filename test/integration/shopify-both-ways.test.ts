import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { shopify } from '#connectors/storefronts/shopify/connector.ts'
import type { OrderAction, ShopifySimulator } from '#connectors/storefronts/shopify/simulator.ts'
import type { MappedDocument, Mapper, Plan } from '#core/contracts/mapper.ts'
import { checkInvariants } from '#core/documents/invariants.ts'
import { createValidator, type Validator } from '#core/documents/validate.ts'
import { loadMappings, loadSchemas } from '#core/mapping/load.ts'
import { createMapper } from '#core/mapping/mapper.ts'
import { seeded, type TestContext } from '#test/unit/connectors/shopify/context.ts'
import { openShop } from '#test/unit/connectors/shopify/shop.ts'

const MAPPINGS = fileURLToPath(new URL('../../mappings', import.meta.url))
const LIFE: OrderAction[] = ['pay', 'edit', 'fulfil', 'refund', 'cancel', 'pay', 'fulfil', 'refund']
const ORDERS = 120

let shop: ShopifySimulator
let polling: TestContext
let close: () => Promise<void>
let mapper: Mapper
let validator: Validator
let planFor: (topic: string) => Plan

beforeAll(async () => {
  const opened = await openShop()
  ;({ shop, polling, close } = opened)
  const schemas = await loadSchemas(MAPPINGS)
  validator = createValidator(schemas)
  mapper = createMapper({ schemas })
  const { byTopic } = await loadMappings(MAPPINGS, mapper, file => file.startsWith('storefronts/shopify/'))
  planFor = topic => byTopic.get(`shopify ${topic}`)!
  live(opened.advance)
})

afterAll(() => close())

/** Every order lives a while; no two the same way. */
function live(advance: (ms: number) => void): void {
  const random = seeded(7)
  for (let n = 0; n < ORDERS; n++) {
    const { id } = shop.placeOrder()
    for (const action of LIFE.filter(() => random() < 0.5)) {
      advance(1_000)
      shop.changeOrder(id, action)
    }
  }
}

function mapped(topic: string, record: unknown): MappedDocument {
  const run = mapper.run(planFor(topic), record, {
    bindings: { topic, headers: {}, connection: { id: 'c', tenant: 't', settings: {} } },
  })
  if (!run.ok) throw new Error(JSON.stringify(run))
  return run.output
}

async function polledNodes(): Promise<Map<number, unknown>> {
  const nodes = new Map<number, unknown>()
  for await (const page of shopify.poll!('order', null, polling)) {
    for (const message of page.messages) {
      const node = JSON.parse(message.body.toString()) as { legacyResourceId: string }
      nodes.set(Number(node.legacyResourceId), node)
    }
  }
  return nodes
}

describe('an order by webhook and by poll', () => {
  it('is the same document, with the same id and revision: the poll writes nothing', async () => {
    const nodes = await polledNodes()
    expect(nodes.size).toBe(ORDERS)
    for (const [id, order] of shop.orders) {
      expect(mapped('graphql/order', nodes.get(id))).toEqual(mapped('orders/updated', order))
    }
  })

  it('fits the schema and balances', () => {
    for (const order of shop.orders.values()) {
      const { body } = mapped('orders/updated', order)
      expect(validator.validate('order', body)).toEqual([])
      expect(checkInvariants('order', body)).toEqual([])
    }
  })
})
