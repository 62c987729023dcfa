import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { stringify } from 'yaml'
import { loadConfig } from '#config/load.ts'
import type { Message, StoredDocument } from '#core/contracts/store.ts'
import { messageId } from '#core/kernel/ids.ts'
import { call } from '#test/support/call.ts'
import { manifests } from '#workers/compose/base.ts'
import { type Hub, startHub } from '#workers/compose/hub.ts'

const SECRET = 'webhook-secret'
const ORDER = 'storefronts/shopify/order'
const PAYLOAD = JSON.parse(readFileSync('mappings/storefronts/shopify/cases/order-jpy.json', 'utf8'))

const overlay = (text: string, whom = 'tenant: acme') =>
  `extends: ${ORDER}\nfor: { ${whom} }\nversion: 1\n${text}\n`

const shop = (tenant: string) => ({
  id: `${tenant}-shopify`,
  tenant,
  connector: 'shopify',
  settings: { shop: `${tenant}.myshopify.com` },
  secrets: { webhookSecret: SECRET },
})

describe('a mapping published while the hub runs', () => {
  let hub: Hub
  let folder: string
  let sent = 0

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'published-'))
    const declared = {
      tenants: ['acme', 'globex'].map(id => ({ id, name: id })),
      connections: [shop('acme'), shop('globex')],
      mappings: { overlays: '.' },
    }
    writeFileSync(join(folder, 'hub.yaml'), stringify(declared))
    writeFileSync(
      join(folder, 'globex.overlay.yaml'),
      overlay(`document: { channel: '"globex shop"' }`, 'connection: globex-shopify'),
    )
    hub = await start()
  })

  afterAll(async () => {
    await hub.stop()
    rmSync(folder, { recursive: true })
  })

  async function start(): Promise<Hub> {
    const config = loadConfig({
      env: {
        HUB_CONFIG: join(folder, 'hub.yaml'),
        HUB_DATA_DIR: join(folder, 'data'),
        HUB_LOG_LEVEL: 'silent',
      },
      readFile: path => readFileSync(path, 'utf8'),
      manifests,
    })
    return startHub({ ...config, port: 0 })
  }

  /** A new order of a shop; resolves with its message once that has ended. */
  async function send(tenant: string): Promise<Message> {
    const id = ++sent
    const body = JSON.stringify({ ...PAYLOAD, id, admin_graphql_api_id: `gid://shopify/Order/${id}` })
    await call(`${hub.url}/webhooks/${tenant}-shopify`, {
      method: 'POST',
      body,
      headers: {
        'x-shopify-topic': 'orders/create',
        'x-shopify-event-id': `event-${id}`,
        'x-shopify-hmac-sha256': createHmac('sha256', SECRET).update(body).digest('base64'),
      },
    })
    const { messages } = hub.base.store
    const message = messageId(`${tenant}-shopify`, `orders/create|event-${id}`)
    for (;;) {
      const found = await messages.get(message)
      if (found && found.state !== 'pending') return found
      await new Promise(resolve => setImmediate(resolve))
    }
  }

  async function ordered(tenant: string): Promise<StoredDocument> {
    const { documents, state, reason } = await send(tenant)
    if (state !== 'done') throw new Error(`The message is ${state}: ${reason}`)
    return (await hub.base.store.documents.get(documents[0]!))!
  }

  /** What another process may do: this one has to notice. */
  async function publish(text: string): Promise<void> {
    const { mappings } = hub.base.store
    const scope = 'tenant:acme'
    const newest = await mappings.list({ mapping: ORDER, scope }, { limit: 1 })
    const entry = { mapping: ORDER, scope, text, cases: '', by: 'test', at: 0 } as const
    await mappings.publish(entry, newest.items[0]?.number ?? 0)
  }

  /** Orders until one shows it. */
  async function orderUntil(shows: (order: StoredDocument) => boolean): Promise<StoredDocument> {
    for (;;) {
      const order = await ordered('acme')
      if (shows(order)) return order
    }
  }

  it('maps the next message of its tenant, and no other’s', async () => {
    expect((await ordered('acme')).mapping).toEqual({ id: ORDER, version: expect.any(Number) })
    await publish(overlay(`document: { channel: '"acme"', note: name }`))
    const { body, mapping } = await orderUntil(order => order.mapping.overlays !== undefined)
    expect(body).toMatchObject({ channel: 'acme', note: PAYLOAD.name })
    expect(mapping.overlays).toEqual(['tenant:acme#1'])
    const other = await ordered('globex')
    expect(other.body).toMatchObject({ channel: 'globex shop' })
    expect(other.mapping.overlays).toEqual(['globex.overlay.yaml@1'])
  })

  it('holds after a restart', async () => {
    await hub.stop()
    hub = await start()
    expect((await ordered('acme')).mapping.overlays).toEqual(['tenant:acme#1'])
  })

  it('is rolled back by one more publication', async () => {
    await publish('')
    const { body } = await orderUntil(order => order.mapping.overlays === undefined)
    expect(body).toMatchObject({ channel: 'shopify' })
  })

  it('parks messages while it does not compile, and loses none of them', async () => {
    await publish(overlay('document: { chanel: name }'))
    await hub.stop()
    hub = await start()
    const parked = await send('acme')
    expect(parked).toMatchObject({ state: 'dead', reason: 'MAPPING_BROKEN' })
    expect(parked.attempts.at(-1)!.detail).toContain('(tenant:acme#3):4:13 ')
    expect((await send('globex')).state).toBe('done')
    const { items } = await hub.base.store.deadLetters.list({ code: 'MAPPING_BROKEN', state: 'open' })
    expect(items).toMatchObject([{ subject: parked.id, connection: 'acme-shopify' }])

    await publish('')
    while ((await send('acme')).state !== 'done');
    const { id } = items[0]!
    await hub.base.operations.replay(id, { id: 'test', role: 'admin' })
    const letterState = async () => (await hub.base.store.deadLetters.get(id))!.state
    while ((await letterState()) === 'replayed') await new Promise(resolve => setImmediate(resolve))
    expect(await letterState()).toBe('resolved')
    expect(await hub.base.store.messages.get(parked.id)).toMatchObject({ state: 'done' })
  })
})
