import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { loadConfig } from '#config/load.ts'
import { createErpSimulator, type ErpSimulator } from '#connectors/erp/rest/simulator.ts'
import { generateOrder, signedWebhook } from '#connectors/storefronts/shopify/simulator.ts'
import type { Delivery, Message } from '#core/contracts/store.ts'
import { deliveryId, messageId } from '#core/kernel/ids.ts'
import { manifests } from '#workers/compose/base.ts'
import { type Hub, startHub } from '#workers/compose/hub.ts'
import { call } from '../support/call.ts'
import { countDocument } from '../support/count-document.ts'
import { declaredHub, SHOP } from '../support/declared.ts'
import { dropDatabase, mongoUrl, withDatabase } from '../support/mongo.ts'
import { canStartRedis, RedisServer } from '../support/redis-server.ts'
import { seeded } from '../support/seeded.ts'
import { until } from '../support/until.ts'

const SECRET = 'distributed-secret'
const TOKEN = 'distributed-token'
const AT = Date.UTC(2026, 0, 15)
const MAPPING = 'storefronts/shopify/order'

const server = mongoUrl()
const distributed = server && canStartRedis() ? describe : describe.skip

distributed('two processes on one MongoDB and one Redis', () => {
  const storeUrl = withDatabase(server ?? '', `hub_${randomUUID()}`)
  const dataDir = mkdtempSync(join(tmpdir(), 'distributed-hub-'))
  let redis: RedisServer
  let erp: ErpSimulator
  let baseUrl: string
  /** Takes in and tells. */
  let front: Hub
  /** Works. */
  let back: Hub
  let key: string

  async function start(roles: string): Promise<Hub> {
    const declared = declaredHub({ baseUrl, secret: SECRET })
    const [shop, partner] = declared.connections
    const config = loadConfig({
      env: {
        ...{ HUB_CONFIG: 'hub.yaml', HUB_DATA_DIR: dataDir, HUB_LOG_LEVEL: 'silent', HUB_ROLES: roles },
        ...{ HUB_STORE_URL: storeUrl, HUB_QUEUE_URL: redis.url, HUB_PORT: '0' },
      },
      readFile: () =>
        JSON.stringify({ ...declared, connections: [shop, { ...partner, secrets: { token: TOKEN } }] }),
      manifests,
    })
    return startHub(config)
  }

  beforeAll(async () => {
    redis = await RedisServer.started()
    erp = createErpSimulator({ random: () => 0.5, token: TOKEN })
    baseUrl = await erp.listen()
    // One after the other, as a roll-out does it: the first makes keys and indexes.
    front = await start('web')
    back = await start('translator,deliverer,poller,maintenance')
    ;({ key } = await front.base.keys.create({ role: 'admin' }))
  }, 60_000)

  afterAll(async () => {
    await Promise.all([front, back].map(hub => hub?.stop()))
    await erp.close()
    await redis.end()
    await dropDatabase(storeUrl)
    rmSync(dataDir, { recursive: true })
  })

  const documentOf = (n: number) => `order:acme:acme-shopify:${generateOrder(seeded(n), n, { at: AT }).id}`

  async function send(n: number, over: Record<string, unknown> = {}): Promise<string> {
    const payload = { ...generateOrder(seeded(n), n, { at: AT }), ...over }
    const event = `event-${n}`
    const { headers, body } = signedWebhook({
      ...{ topic: 'orders/create', payload, shop: SHOP, secret: SECRET, apiVersion: '2026-10' },
      ...{ eventId: event, webhookId: event, triggeredAt: AT },
    })
    const { status } = await call(`${front.url}/webhooks/acme-shopify`, { method: 'POST', headers, body })
    expect(status).toBe(200)
    return messageId('acme-shopify', `orders/create|${event}`)
  }

  const delivery = (n: number): Promise<Delivery | null> =>
    front.base.store.deliveries.get(deliveryId(documentOf(n), 'acme-erp'))
  const reaches = (n: number, state: Delivery['state']) =>
    until(async () => (await delivery(n))?.state === state)

  async function ended(message: string): Promise<Message> {
    const read = () => front.base.store.messages.get(message)
    await until(async () => (await read())?.state !== 'pending')
    return (await read())!
  }

  async function api(target: string, body?: unknown): Promise<unknown> {
    const [method, path] = target.split(' ') as [string, string]
    const { status, text } = await call(`${front.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (status >= 300) throw new Error(`${target}: ${status} ${text}`)
    return text === '' ? null : JSON.parse(text)
  }

  /** An overlay whose table knows these. */
  const publish = (version: number, kinds: string): Promise<unknown> =>
    api(`POST /mappings/${encodeURIComponent(MAPPING)}/versions`, {
      text: `extends: ${MAPPING}
for: { tenant: acme }
version: ${version}
tables: { kinds: ${kinds} }
document: { attributes: { kind: 'note = "on the slate" ? $table("kinds", note)' } }
`,
    })

  it('brings an order that one takes in to the ERP through the other', async () => {
    await send(1)
    await reaches(1, 'confirmed')
    expect(erp.records('order')).toHaveLength(1)
  }, 30_000)

  it('brings stock, by the topic of bulk, through the process that delivers', async () => {
    const { store, queue, clock } = front.base
    const now = clock.now()
    const { document } = await store.documents.upsert(countDocument('TENT', 7, now), now)
    const id = deliveryId(document.id, 'acme-erp')
    await store.deliveries.want(
      {
        ...{ id, document: document.id, resource: 'inventory', tenant: 'acme', source: 'acme-shopify' },
        ...{ destination: 'acme-erp', flow: 'stock', revision: 1, receivedAt: now, priority: 20 },
      },
      now,
    )
    await queue.enqueue('publish', id, { priority: 20 })
    await until(async () => (await store.deliveries.get(id))?.state === 'confirmed')
    expect(erp.records('inventory')).toHaveLength(1)
  }, 30_000)

  it('answers for itself in each of them', async () => {
    expect(back.url).toBe('')
    for (const hub of [front, back]) {
      const { status, text } = await call(`${hub.opsUrl}/readyz`)
      expect([status, JSON.parse(text).ready]).toEqual([200, true])
      expect((await call(`${hub.opsUrl}/livez`)).status).toBe(200)
      expect((await call(`${hub.opsUrl}/metrics`)).text).toContain('crossdock_info')
    }
    expect((await call(`${back.opsUrl}/api/v1/connections`)).status).toBe(404)
  })

  it('rests a connection in all of them that a person pauses in one, and wakes it', async () => {
    await api('POST /connections/acme-erp/pause')
    await until(async () => (await back.base.directory.get('acme-erp'))?.state === 'paused')
    await send(2)
    await reaches(2, 'held')
    await api('POST /connections/acme-erp/resume')
    await reaches(2, 'confirmed')
  }, 30_000)

  it('stops for a refused credential everywhere, and goes on after the repair', async () => {
    await back.base.store.connections.patch('acme-erp', {
      ...{ state: 'unauthorized', stateReason: 'The token was revoked.', updatedAt: Date.now() },
    })
    await until(async () => (await back.base.directory.get('acme-erp'))?.state === 'unauthorized')
    await send(3)
    await reaches(3, 'held')
    expect(await api('GET /connections/acme-erp')).toMatchObject({ state: 'unauthorized' })
    await api('POST /connections/acme-erp/resume')
    await reaches(3, 'confirmed')
  }, 30_000)

  it('works off in the other, by a mapping published in the one, the cause that is replayed there', async () => {
    await publish(1, '{ plain: plain }')
    // The other process looks once a second whether something was published.
    let n = 50
    let message = ''
    await until(async () => {
      message = await send(++n, { note: 'on the slate' })
      return (await ended(message)).state === 'dead'
    })
    expect(await ended(message)).toMatchObject({ reason: 'MAPPING_TABLE_MISS' })
    const { items } = await front.base.store.deadLetters.list({ state: 'open' })
    await publish(2, '{ plain: plain, on the slate: slate }')
    await until(async () => {
      await api(`POST /causes/${items[0]!.cause}/replay`, {}).catch(() => undefined)
      return (await ended(message)).state === 'done'
    })
    await reaches(n, 'confirmed')
    const document = await front.base.store.documents.get(documentOf(n))
    expect(document).toMatchObject({ body: { attributes: { kind: 'slate' } } })
  }, 30_000)

  it('says truthfully what a Redis that is away means to each, and loses nothing', async () => {
    const readiness = async (hub: Hub) => {
      const { status, text } = await call(`${hub.opsUrl}/readyz`)
      return { status, queue: JSON.parse(text).checks.find(({ name }: { name: string }) => name === 'queue') }
    }
    const worker = await start('deliverer')
    try {
      await redis.kill()
      await until(async () => (await readiness(worker)).status === 503)
      expect((await readiness(worker)).queue).toMatchObject({ ok: false })
      expect(await readiness(front)).toMatchObject({ status: 200, queue: { ok: true, degraded: true } })
      await send(99)
      await redis.start()
      await until(async () => (await readiness(worker)).status === 200)
      await reaches(99, 'confirmed')
    } finally {
      await worker.stop()
    }
  }, 60_000)
})
