import { createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { decode } from '#connectors/pos/square/decode.ts'
import { receive } from '#connectors/pos/square/receive.ts'
import type { ConnectorContext, RawMessage } from '#core/contracts/connector.ts'
import type { MappedDocument, Plan } from '#core/contracts/mapper.ts'
import { checkInvariants } from '#core/documents/invariants.ts'
import type { Order } from '#core/documents/types.gen.ts'
import { createValidator, type Validator } from '#core/documents/validate.ts'
import { loadMappings, readSchemas } from '#core/mapping/load.ts'
import { createMapper, type DescribingMapper } from '#core/mapping/mapper.ts'
import { sentApart } from '#core/resilience/sent-apart.ts'
import { fixturesDir } from '#test/support/fixtures.ts'
import { expectSameOrder, type SquareOrder } from './square-reading.ts'

const MAPPINGS = fileURLToPath(new URL('../../mappings', import.meta.url))
const URL_OF_HUB = 'https://hub.example/in/acme-square'

/** Answers of the API that no message of this channel carries, and why. */
const OTHER_KINDS: Readonly<Record<string, string>> = {
  'order-search-1.json': 'entries without orders: the hub never asks for `return_entries`',
  'inventory-adjustment-1.json': 'one movement, at an hour 25; the hub reads counts',
}

const folder = fixturesDir() === null ? null : join(fixturesDir()!, 'square')
if (folder === null) console.warn('Skipped: the folder of real partner payloads is not there (HUB_FIXTURES).')
const suite = folder === null ? describe.skip : describe

suite('real payloads of Square', () => {
  const looked = new Set(Object.keys(OTHER_KINDS))
  let mapper: DescribingMapper
  let validator: Validator
  let planFor: (topic: string) => Plan

  const bytes = (file: string): Buffer => {
    looked.add(file)
    return readFileSync(join(folder!, file))
  }
  const orderIn = (file: string): SquareOrder => JSON.parse(bytes(file).toString()).order

  beforeAll(async () => {
    const { schemas, sources } = await readSchemas(MAPPINGS)
    validator = createValidator(schemas)
    mapper = createMapper({ schemas, sources })
    const { byTopic } = await loadMappings(MAPPINGS, mapper, file => file.startsWith('pos/square/'))
    planFor = topic => byTopic.get(`square ${topic}`)!
  })

  it.each(['order-1.json', 'order-2.json'])('%s is an order, field by field', async file => {
    const body = bytes(file)
    const [document] = await translated({ topic: 'polled/order', body, dedupeKey: file, headers: {} })
    expectSameOrder(document!.body as unknown as Order, orderIn(file))
    expect(document!.revision).toBe(orderIn(file).version)
  })

  it.each([
    ['webhook-order-created-1.json', 'order.created', 'eA3vssLHKJrv9H0IdJCM3gNqfdcZY'],
    [
      'webhook-order-fulfillment-updated-1.json',
      'order.fulfillment.updated',
      'eA3vssLHKJrv9H0IdJCM3gNqfdcZY',
    ],
    ['webhook-payment-created-1.json', 'payment.created', '03O3USaPaAaFnI6kkwB1JxGgBsUZY'],
  ])('%s asks for the order that it names', async (file, topic, id) => {
    const message = await received(bytes(file))
    expect(message.topic).toBe(topic)
    const order = orderIn('order-1.json')
    const [document] = await translated(message, { [`/v2/orders/${id}`]: { order: { ...order, id } } })
    expectSameOrder(document!.body as unknown as Order, { ...order, id })
  })

  it('the refund is money on its way back, also where its order cannot be read', async () => {
    const [document] = await translated(await received(bytes('webhook-refund-created-1.json')))
    const id = 'KkAkhdMsgzn59SM8A89WgKwekxLZY_ptNBVqHYxt5gAdfcobBe4u1AZsXhoz06KTtuq9Ls24P'
    expect(document!.body).toMatchObject({
      ...{ externalId: id, kind: 'refund', status: 'approved', currency: 'USD', lines: [] },
      ...{ orderId: 'haOyDuHiqtAXMk0d8pDKXpL7Jg4F', createdAt: '2020-02-06T21:27:41.836Z' },
      refunds: [{ externalId: id, amount: '10.00', parentId: 'KkAkhdMsgzn59SM8A89WgKwekxLZY' }],
    })
  })

  it.each([
    ['webhook-inventory-count-updated-1.json', 'FGQ5JJWT2PYTHF35CKZ2DSKP@YYQR03DGCTXA4', 10],
    ['inventory-1.json', 'W62UWFY35CWMYGVWK6TWJDNI@C6W5YS5QM06F5', 22],
  ])('%s is a count', async (file, id, available) => {
    const body = bytes(file)
    const message = file.startsWith('webhook')
      ? await received(body)
      : { topic: 'polled/inventory-count', body, dedupeKey: file, headers: {} }
    const [document] = await translated(message)
    expect(document).toMatchObject({ externalId: id, body: { available, attributes: { state: 'IN_STOCK' } } })
  })

  it('what the test of a subscription shows is an event as it will come', async () => {
    const { subscription_test_result: result } = JSON.parse(bytes('webhook-test-result-1.json').toString())
    const { topic, dedupeKey } = await received(Buffer.from(result.payload))
    expect([topic, dedupeKey]).toEqual(['payment.created', `payment.created|${result.id}`])
  })

  it('are all looked at', () => {
    expect(readdirSync(folder!).filter(file => !looked.has(file))).toEqual([])
  })

  /** As Square would send it, signed. */
  async function received(body: Buffer): Promise<RawMessage> {
    const signature = createHmac('sha256', 'key').update(URL_OF_HUB).update(body).digest('base64')
    const request = {
      ...{ method: 'POST', target: '/in/acme-square', url: URL_OF_HUB, body, receivedAt: 0 },
      headers: { 'x-square-hmacsha256-signature': signature },
    }
    const answer = await receive(request, context().connection, context())
    if (!answer.ok) throw new Error(answer.detail)
    return answer.messages[0]!
  }

  /** Decoded, mapped, validated, balanced, and without a field that the source schema does not know. */
  async function translated(
    message: RawMessage,
    answers: Record<string, unknown> = {},
  ): Promise<MappedDocument[]> {
    const decoded = await decode(message, context(answers))
    if ('skip' in decoded) throw new Error(decoded.detail)
    const plan = planFor(message.topic)
    return decoded.records.map(record => {
      expect(mapper.driftDetector(plan)!(record)).toEqual([])
      const run = mapper.run(plan, record, {
        bindings: { topic: message.topic, headers: {}, connection: { id: 'c', tenant: 't', settings: {} } },
      })
      if (!run.ok) throw new Error(JSON.stringify(run))
      expect(validator.validate(plan.target!, run.output.body)).toEqual([])
      expect(checkInvariants(plan.target!, run.output.body)).toEqual([])
      return run.output
    })
  }
})

/** A Square that knows what it is told, and an empty catalogue. */
function context(answers: Record<string, unknown> = {}): ConnectorContext {
  const known: Record<string, unknown> = { '/v2/locations': {}, '/v2/catalog/batch-retrieve': {}, ...answers }
  return {
    connection: {
      ...{ id: 'acme-square', tenant: 'acme', connector: 'square', settings: {} },
      secrets: { webhookSecret: ['key'] },
    },
    http: {
      async request({ url }) {
        const body = known[new URL(url).pathname]
        return { status: body ? 200 : 404, headers: {}, body: body ?? { errors: [{ code: 'NOT_FOUND' }] } }
      },
    },
    token: async () => 'token',
    now: () => 0,
    together: sentApart,
    sleep: async () => undefined,
    signal: new AbortController().signal,
    log: () => undefined,
  }
}
