import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { loadConfig } from '#config/load.ts'
import { messageId } from '#core/kernel/ids.ts'
import { manifests } from '#workers/compose/base.ts'
import { type Hub, startHub } from '#workers/compose/hub.ts'
import { fixturesDir } from '../support/fixtures.ts'

const SECRET = 'fixtures-secret'

const TOPICS: Record<string, string> = {
  'fulfillment-1.json': 'fulfillments/create',
  'fulfillment-2.json': 'fulfillments/update',
  'inventory-level-1.json': 'inventory_levels/update',
  'product-1.json': 'products/update',
  'refund-1.json': 'refunds/create',
  'refund-2.json': 'refunds/create',
  'webhook-refunds-create-1.json': 'refunds/create',
  'webhook-orders-create-1.json': 'orders/create',
  'webhook-order-test-notification-1.json': 'orders/cancelled',
  'webhook-order-test-notification-2.json': 'orders/fulfilled',
  ...Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`order-${n + 1}.json`, 'orders/updated'])),
}

const folder = fixturesDir()
if (!folder) console.log('skipped: real Shopify payloads (no folder ../shared/fixtures, no HUB_FIXTURES)')

let hub: Hub
let dataDir: string

beforeAll(async () => {
  if (!folder) return
  dataDir = mkdtempSync(join(tmpdir(), 'accepted-'))
  const declared = {
    tenants: [{ id: 'acme', name: 'Acme' }],
    connections: [
      {
        id: 'shop',
        tenant: 'acme',
        connector: 'shopify',
        settings: { shop: 'acme.myshopify.com' },
        secrets: { webhookSecret: SECRET },
      },
    ],
  }
  const config = loadConfig({
    env: { HUB_CONFIG: 'hub.yaml', HUB_DATA_DIR: dataDir, HUB_LOG_LEVEL: 'silent' },
    readFile: () => JSON.stringify(declared),
    manifests,
  })
  hub = await startHub({ ...config, port: 0 })
})

afterAll(async () => {
  if (!folder) return
  await hub.stop()
  rmSync(dataDir, { recursive: true })
})

const sign = (body: Buffer, secret: string): string =>
  createHmac('sha256', secret).update(body).digest('base64')

async function post(file: string, signature: string): Promise<number> {
  const answer = await fetch(`${hub.url}/webhooks/shop`, {
    method: 'POST',
    headers: {
      'x-shopify-topic': TOPICS[file]!,
      'x-shopify-event-id': file,
      'x-shopify-hmac-sha256': signature,
    },
    body: bytesOf(file),
  })
  await answer.arrayBuffer()
  return answer.status
}

const bytesOf = (file: string): Buffer => readFileSync(join(folder!, 'shopify', file))

async function ended(file: string) {
  const { messages } = hub.base.store
  const id = messageId('shop', `${TOPICS[file]}|${file}`)
  for (;;) {
    const message = await messages.get(id)
    if (message && message.state !== 'pending') return message
    await new Promise(resolve => setImmediate(resolve))
  }
}

;(folder ? describe : describe.skip)('every real Shopify payload', () => {
  it.each(Object.keys(TOPICS))(
    '%s is refused with a wrong signature, accepted with the right one, and ends',
    async file => {
      const body = bytesOf(file)
      expect(await post(file, sign(body, 'another secret'))).toBe(401)
      expect(await post(file, sign(Buffer.concat([body, Buffer.from(' ')]), SECRET))).toBe(401)
      expect(await post(file, sign(body, SECRET))).toBe(200)
      const message = await ended(file)
      if (message.state === 'dead') {
        const { items } = await hub.base.store.deadLetters.list({ kind: 'message' }, { limit: 1_000 })
        const letter = items.find(({ subject }) => subject === message.id)
        expect(letter?.summary).toMatch(/is missing|make .* but .* the difference is/)
        return
      }
      // The same order comes in several files: an older one is stale, which is an end too.
      expect(['done', 'stale']).toContain(message.state)
      for (const id of message.documents) expect(await hub.base.store.documents.get(id)).not.toBeNull()
      expect(message.documents.length).toBeGreaterThan(0)
    },
  )
})
