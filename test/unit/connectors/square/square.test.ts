import { afterEach, describe, expect, it } from '@jest/globals'
import conformance from '#connectors/pos/square/conformance.ts'
import { square } from '#connectors/pos/square/connector.ts'
import { receive } from '#connectors/pos/square/receive.ts'
import { addOrder } from '#connectors/pos/square/simulator/till.ts'
import type { SquareSimulator } from '#connectors/pos/square/simulator.ts'
import { zonedTime } from '#connectors/pos/square/zoned-time.ts'
import { type Bench, openBench } from '#connectors/sdk/testkit/bench/bench.ts'
import type { ConnectionView, PushOperation } from '#core/contracts/connector.ts'

const CALLBACK = 'https://hub.example/in/acme-square'

const open: Bench[] = []
afterEach(async () => {
  for (const bench of open.splice(0)) await bench.close()
})

async function opened() {
  const bench = await openBench(conformance)
  open.push(bench)
  return { bench, context: bench.context, till: (bench.simulator as SquareSimulator).till }
}

const withSecrets = (bench: Bench, secrets: ConnectionView['secrets']) => ({
  ...bench.context,
  connection: { ...bench.connection, secrets: { ...bench.connection.secrets, ...secrets } },
})

describe('orders of Square', () => {
  it('are read of every location, ten in a search, up to the beginning of the run', async () => {
    const { bench, context, till } = await opened()
    const ids: string[] = []
    for await (const page of square.poll!('order', null, context)) {
      ids.push(...page.messages.map(({ body }) => JSON.parse(body.toString()).id))
      // Comes while the run goes on, at a location that is read later: left to the next run.
      bench.clock.jump(1_000)
      addOrder(till, { id: `LATE-${ids.length}`, n: 10, at: bench.clock.now() })
    }
    expect(ids.toSorted()).toEqual([...till.orders.keys()].filter(id => !id.startsWith('LATE')).toSorted())
  })

  it('carry the clock of their location and the SKUs of their articles', async () => {
    const { context } = await opened()
    const body = Buffer.from(JSON.stringify({ data: { object: { order_created: { order_id: 'ORDER-2' } } } }))
    const message = { topic: 'order.created', dedupeKey: 'k', headers: {}, body, via: 'webhook' }
    const decoded = await square.decode!(message, context)
    expect(decoded).toMatchObject({
      records: [
        {
          ...{ location_name: 'Shop 3', local_created_at: '2026-05-12T14:00:02+05:30' },
          line_items: [{ article: { sku: 'SKU-2', item_id: 'ITEM-2' } }, {}],
        },
      ],
    })
  })

  it('say nothing of a clock that nobody knows', () => {
    expect(zonedTime('Mars/Olympus', '2026-05-12T09:30:00Z')).toBeUndefined()
    expect(zonedTime('America/New_York', '2026-01-12T03:30:00.5Z')).toBe('2026-01-11T22:30:00-05:00')
    expect(zonedTime('Europe/London', '2026-01-12T03:30:00Z')).toBe('2026-01-12T03:30:00+00:00')
  })
})

describe('events of Square', () => {
  it('of another merchant are taken and left out, because a refusal would bring them again', async () => {
    const { bench, context } = await opened()
    const [sample] = conformance.webhooks!.samples
    const request = {
      ...conformance.webhooks!.sign({
        ...{ topic: sample!.topic, body: Buffer.from(JSON.stringify(sample!.body)), deliveryId: 'e1' },
        ...{ secret: 'simulated-signature-key', at: 0, url: CALLBACK, connection: bench.connection },
      }),
      receivedAt: 0,
    }
    const told = async (merchantId: string) => {
      const connection = { ...bench.connection, settings: { ...bench.connection.settings, merchantId } }
      const answer = await receive(request, connection, context)
      return answer.ok && answer.messages.map(({ dedupeKey }) => dedupeKey)
    }
    expect(await told('MERCHANT-1')).toEqual(['order.created|e1'])
    expect(await told('MERCHANT-2')).toEqual([])
  })

  it('are signed with the key of their subscription, which is handed over while it is news', async () => {
    const { bench } = await opened()
    const news = await square.subscribe!(CALLBACK, withSecrets(bench, { webhookSecret: ['before'] }))
    expect(news).toMatchObject({ created: expect.arrayContaining(['order.created']), present: [] })
    expect(news.secrets).toEqual({ webhookSecret: ['simulated-signature-key'] })
    const known = await square.subscribe!(CALLBACK, bench.context)
    expect(known.secrets).toBeUndefined()
    expect(known.present).toContain('order.created')
  })

  it('cannot be subscribed to with the token of a merchant', async () => {
    const { bench } = await opened()
    const without = withSecrets(bench, { applicationToken: [] })
    await expect(square.subscribe!(CALLBACK, without)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  })
})

describe('what the hub writes to Square', () => {
  const operation = (of: Partial<PushOperation>): PushOperation => ({
    ...{ resource: 'shipment', key: 'acme:3pl:1', revision: 1, body: {}, externalId: null },
    ...{ dependencies: {}, uncertain: false, idempotencyKey: 'i1', sending: () => undefined },
    ...of,
  })
  const shipment = (key: string, number: string) =>
    operation({
      ...{ key, idempotencyKey: key, dependencies: { d: 'ORDER-1' } },
      body: { status: 'shipped', lines: [], packages: [{ carrier: 'UPS', trackingNumber: number }] },
    })

  it('takes the waiting parcel first, and adds one for the next shipment', async () => {
    const { context, till } = await opened()
    await square.push!(shipment('acme:3pl:1', '1Z1'), context)
    await square.push!(shipment('acme:3pl:2', '1Z2'), context)
    const parcels = till.orders.get('ORDER-1')!.fulfillments
    expect(parcels).toMatchObject([
      { uid: 'parcel', state: 'COMPLETED', shipment_details: { tracking_number: '1Z1', carrier: 'UPS' } },
      { type: 'SHIPMENT', state: 'COMPLETED', shipment_details: { tracking_number: '1Z2' } },
    ])
  })

  it('writes nothing when the delivered parcel is there already, and refuses to change a closed one', async () => {
    const { context, till } = await opened()
    await square.push!(shipment('acme:3pl:1', '1Z1'), context)
    const again = shipment('acme:3pl:1', '1Z1')
    again.body['status'] = 'delivered'
    await square.push!(again, context)
    expect(till.orders.get('ORDER-1')!.writes).toBe(1)
    await expect(square.push!(shipment('acme:3pl:1', '1Z9'), context)).rejects.toMatchObject({
      ...{ code: 'PARTNER_REFUSED', fingerprint: 'closed' },
    })
  })

  it('counts stock at the location that the settings name, and not where it is right already', async () => {
    const { context, till } = await opened()
    const body = { sku: 'SKU-3', available: 5, location: { externalId: 'LOC-07' } }
    const stock = operation({ resource: 'inventory', body })
    const named = { ...context.connection.settings, locations: { 'LOC-07': 'LOC-02' } }
    const at = { ...context, connection: { ...context.connection, settings: named } }
    expect(await square.push!(stock, at)).toMatchObject({ externalId: 'VAR-ITEM-3@LOC-02' })
    await square.push!({ ...stock, uncertain: true }, at)
    expect([...till.counts.values()]).toMatchObject([{ quantity: '5', location_id: 'LOC-02', writes: 1 }])
  })
})
