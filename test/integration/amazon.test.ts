import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import conformance from '#connectors/marketplaces/amazon/conformance.ts'
import { amazon } from '#connectors/marketplaces/amazon/connector.ts'
import type { Asked } from '#connectors/marketplaces/amazon/simulator/exchange.ts'
import {
  type AmazonSimulator,
  createAmazonSimulator,
  notify,
  orderChange,
} from '#connectors/marketplaces/amazon/simulator.ts'
import type { ConnectorContext, Feed, PolledPage, RawMessage } from '#core/contracts/connector.ts'
import type { MappedDocument, Mapper, Plan } from '#core/contracts/mapper.ts'
import { checkInvariants } from '#core/documents/invariants.ts'
import { systemClock } from '#core/kernel/clock.ts'
import { createHttpClient } from '#core/kernel/http-client.ts'
import { loadMappings, loadSchemas } from '#core/mapping/load.ts'
import { createMapper } from '#core/mapping/mapper.ts'
import { sentApart } from '#core/resilience/sent-apart.ts'

const MAPPINGS = fileURLToPath(new URL('../../mappings', import.meta.url))
const NOW = Date.parse('2026-11-20T12:00:00Z')
const MINUTE = 60_000

const http = createHttpClient({ clock: systemClock, allowPrivateHosts: ['127.0.0.1'] })

describe('Amazon, against its simulator', () => {
  let now = NOW
  /** How long a request takes. */
  let tickMs = 0
  let simulator: AmazonSimulator
  let baseUrl: string
  let asked: Asked[]
  let mapper: Mapper
  let planFor: (topic: string) => Plan | undefined

  beforeAll(async () => {
    mapper = createMapper({ schemas: await loadSchemas(MAPPINGS) })
    const { byTopic } = await loadMappings(MAPPINGS, mapper, file => file.startsWith('marketplaces/amazon/'))
    planFor = topic => byTopic.get(`amazon ${topic}`)
  })

  beforeEach(async () => {
    now = NOW
    tickMs = 0
    asked = []
    const { clientId, clientSecret, refreshToken, awsAccessKeyId } =
      conformance.connection('http://x').secrets
    let draw = 1
    simulator = createAmazonSimulator({
      now: () => now,
      random() {
        draw = (draw * 16_807) % 2_147_483_647
        return (draw - 1) / 2_147_483_646
      },
      clientId: clientId![0]!,
      clientSecret: clientSecret![0]!,
      refreshToken: refreshToken![0]!,
      accessKeyId: awsAccessKeyId![0]!,
      onAsked(one) {
        asked.push(one)
        now += tickMs
      },
    })
    baseUrl = await simulator.listen()
  })

  afterEach(() => simulator.close())
  afterAll(() => http.close())

  const contextOf = (settings: Record<string, unknown> = {}): ConnectorContext => {
    const connection = conformance.connection(baseUrl)
    let token = simulator.grant()
    return {
      connection: { ...connection, settings: { ...connection.settings, ...settings } },
      http,
      async token(refused) {
        if (refused === token) token = simulator.grant()
        return token
      },
      now: () => now,
      together: sentApart,
      async sleep(ms) {
        now += ms
      },
      signal: new AbortController().signal,
      log: () => undefined,
    }
  }

  async function polled(feed: Feed, context: ConnectorContext, cursor: string | null = null) {
    const pages: PolledPage[] = []
    for await (const page of amazon.poll!(feed, cursor, context)) {
      pages.push(page)
      await page.done?.()
    }
    return { messages: pages.flatMap(({ messages }) => messages), cursor: pages.at(-1)?.cursor ?? cursor }
  }

  async function documentsOf(message: RawMessage, context: ConnectorContext): Promise<MappedDocument[]> {
    const decoded = await amazon.decode!({ ...message, via: 'pull' }, context)
    if ('skip' in decoded) throw new Error(decoded.skip)
    const topic = decoded.topic ?? message.topic
    return decoded.records.map(record => {
      const run = mapper.run(planFor(topic)!, record, { bindings: { topic, headers: {} } })
      if (!run.ok) throw new Error(JSON.stringify(run))
      expect(checkInvariants(planFor(topic)!.target!, run.output.body)).toEqual([])
      return run.output
    })
  }

  const callsTo = (path: RegExp) => asked.filter(one => path.test(one.path))

  it('gives the same canonical order by both versions of the Orders API', async () => {
    for (let n = 0; n < 20; n++) simulator.account.addOrder(now - 60 * MINUTE + n)
    const [one, other] = [contextOf(), contextOf({ ordersApi: 'v0' })]
    const byNew = (await polled('order', one)).messages
    const byOld = (await polled('order', other)).messages
    expect(byNew.map(({ topic }) => topic)).toEqual(Array(20).fill('orders/2026-01-01'))
    expect(byOld.map(({ topic }) => topic)).toEqual(Array(20).fill('orders/v0'))
    for (const [index, message] of byNew.entries()) {
      const [left] = await documentsOf(message, one)
      const [right] = await documentsOf(byOld[index]!, other)
      const { fulfilments, ...facts } = left!.body
      expect(fulfilments).toEqual([])
      expect(right!.body).toEqual(facts)
      expect(right).toMatchObject({ externalId: left!.externalId, revision: left!.revision })
    }
  })

  it('reads nobody’s name through v0 where the app may not', async () => {
    simulator.account.addOrder(now - 60 * MINUTE)
    const context = contextOf({ ordersApi: 'v0' })
    const refusing = {
      ...context,
      http: {
        request: (request: Parameters<typeof http.request>[0]) =>
          request.url.includes('/tokens/')
            ? Promise.resolve({
                status: 403,
                headers: {},
                body: { errors: [{ code: 'Unauthorized', message: 'Role' }] },
              })
            : http.request(request),
      },
    }
    const [message] = (await polled('order', refusing)).messages
    expect(JSON.parse(message!.body.toString())).not.toHaveProperty('ShippingAddress')
    expect(message).toBeDefined()
  })

  it('asks for orders up to three minutes ago, a hundred a page, and goes on by the continuation', async () => {
    simulator.seed('order', 250, now - 60 * MINUTE)
    const late = simulator.account.addOrder(now - MINUTE)
    const { messages, cursor } = await polled('order', contextOf())
    expect(messages).toHaveLength(250)
    const [first, second] = callsTo(/orders$/).map(({ query }) => query)
    expect(first!.get('lastUpdatedBefore')).toBe('2026-11-20T11:57:00Z')
    expect(first!.get('maxResultsPerPage')).toBe('100')
    expect(second!.get('paginationToken')).toBeTruthy()
    now += 5 * MINUTE
    expect(
      (await polled('order', contextOf(), cursor)).messages.map(
        ({ body }) => JSON.parse(body.toString()).orderId,
      ),
    ).toContain(late.id)
  })

  it('deletes from the queue only what the hub has', async () => {
    const { id } = simulator.account.addOrder(now)
    notify(simulator.account, 'ORDER_CHANGE', orderChange(id, now))
    const context = contextOf()
    for await (const page of amazon.poll!('queue', null, context)) {
      expect(page.messages).toHaveLength(1)
      break
    }
    expect(simulator.account.queue.size()).toBe(1)
    const { messages } = await polled('queue', context)
    expect(messages).toHaveLength(1)
    expect(simulator.account.queue.size()).toBe(0)
    const [document] = await documentsOf(messages[0]!, context)
    expect(document!.externalId).toBe(id)
  })

  it('knows a notification that comes twice, and keeps one that it cannot read for people', async () => {
    const envelope = JSON.stringify({
      NotificationType: 'LISTINGS_ITEM_MFN_QUANTITY_CHANGE',
      Payload: { Sku: 'TENT-2', Quantity: 3 },
      NotificationMetadata: { NotificationId: 'n-1' },
    })
    simulator.account.queue.send(envelope)
    simulator.account.queue.send(JSON.stringify({ Type: 'Notification', Message: envelope }))
    simulator.account.queue.send('<not json>')
    const { messages } = await polled('queue', contextOf())
    expect(messages.map(({ dedupeKey }) => dedupeKey)).toEqual([
      'n-1',
      'n-1',
      expect.stringMatching(/^unreadable\|/),
    ])
    await expect(
      Promise.resolve().then(() => amazon.decode!({ ...messages[2]!, via: 'pull' }, contextOf())),
    ).rejects.toMatchObject({ code: 'BODY_UNREADABLE' })
  })

  it('leaves types without a mapping to be counted as ignored', async () => {
    notify(simulator.account, 'PRICING_HEALTH', { sellerId: 'A3' })
    const [message] = (await polled('queue', contextOf())).messages
    expect(message!.topic).toBe('PRICING_HEALTH')
    expect(planFor('PRICING_HEALTH')).toBeUndefined()
    expect(amazon.manifest.topics).not.toHaveProperty('PRICING_HEALTH')
  })

  it('reads a settlement report line by line, from the list and from its notification', async () => {
    const [id] = simulator.seed('settlement', 1, now - 60 * MINUTE)
    const context = contextOf()
    const [listed] = (await polled('settlement', context)).messages
    const [document] = await documentsOf(listed!, context)
    expect(document!.body).toMatchObject({ payout: '20.48', currency: 'USD' })
    expect(
      (document!.body['lines'] as { net: string; kind: string }[]).map(({ kind, net }) => [kind, net]),
    ).toEqual([
      ['sale', '29.99'],
      ['shipping', '4.99'],
      ['fee', '-4.50'],
      ['reserve', '-10.00'],
    ])
    notify(simulator.account, 'REPORT_PROCESSING_FINISHED', {
      reportProcessingFinishedNotification: {
        ...{ sellerId: 'A3', reportId: id, processingStatus: 'DONE', reportDocumentId: `document-${id}` },
        reportType: 'GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2',
      },
    })
    const [told] = (await polled('queue', context)).messages
    expect((await documentsOf(told!, context))[0]).toEqual(document)
    expect(callsTo(/^\/s3\//).every(({ headers }) => headers['x-amz-access-token'] === undefined)).toBe(true)
  })

  it('keeps destinations and subscriptions, without a seller’s token where none belongs', async () => {
    // As fast as Amazon lets one subscribe.
    tickMs = 1_000
    const context = contextOf()
    const first = await amazon.subscribe!('https://hub.example/in', context)
    expect(first.created).toContain('ORDER_CHANGE')
    expect([...simulator.account.destinations.values()].map(({ arn }) => arn)).toEqual([
      'arn:aws:sqs:us-east-1:123456789012:notifications',
    ])
    simulator.account.subscriptions.delete('ORDER_CHANGE')
    simulator.account.subscriptions.get('FULFILLMENT_ORDER_STATUS')!.destinationId = 'another'
    const second = await amazon.subscribe!('https://hub.example/in', context)
    expect(second).toMatchObject({ created: ['ORDER_CHANGE'], repaired: ['FULFILLMENT_ORDER_STATUS'] })
    const third = await amazon.subscribe!('https://hub.example/in', context)
    expect(third).toMatchObject({ created: [], repaired: [] })
    const grants = callsTo(/token$/).map(({ body }) => body['grant_type'])
    expect(new Set(grants)).toEqual(new Set(['client_credentials']))
  })

  it('confirms parcels once: edits a corrected number, takes over what the order has', async () => {
    const order = simulator.account.addOrder(now - 60 * MINUTE)
    const context = contextOf()
    const operation = (numbers: string[], externalId: string | null = null) => ({
      resource: 'shipment' as const,
      key: 't:c:s-1',
      revision: 1,
      body: {
        status: 'shipped',
        packages: numbers.map((trackingNumber, index) => ({
          trackingNumber,
          carrierCode: 'ROYAL_MAIL',
          lines: index === 0 ? [{ sku: order.items[0]!.sku, quantity: order.items[0]!.quantity }] : [],
        })),
        lines: [],
      },
      externalId,
      dependencies: { order: order.id },
      uncertain: false,
      idempotencyKey: 'k',
      sending: () => undefined,
    })
    const made = await amazon.push!(operation(['RM 123']), context)
    expect(order.packages).toMatchObject([{ carrier: 'Royal Mail', trackingNumber: 'RM 123', writes: 1 }])
    expect(await amazon.push!(operation(['RM123']), context)).toEqual(made)
    expect(order.packages).toMatchObject([{ writes: 1 }])
    expect(await amazon.push!(operation(['RM124'], made.externalId), context)).toEqual(made)
    expect(order.packages).toMatchObject([{ trackingNumber: 'RM124', writes: 2 }])
  })

  it('waits out what Amazon throttles without saying how long', async () => {
    const context = contextOf()
    for (let n = 0; n < 5; n++) simulator.account.addOrder(now - 60 * MINUTE)
    const failure = await Promise.all(Array.from({ length: 25 }, () => polled('order', context))).catch(
      error => error,
    )
    expect(failure).toMatchObject({ code: 'PARTNER_THROTTLED', retryAfterMs: 179_000 })
  })
})
