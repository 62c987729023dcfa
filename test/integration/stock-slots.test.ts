import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { loadConfig } from '#config/load.ts'
import { createErpSimulator, type ErpSimulator } from '#connectors/erp/rest/simulator.ts'
import { CONNECTORS } from '#connectors/registry.ts'
import type { Connector, PushResult } from '#core/contracts/connector.ts'
import { type Hub, startHub } from '#workers/compose/hub.ts'
import { composeInventory } from '#workers/compose/inventory.ts'
import { countDocument } from '../support/count-document.ts'
import { declaredHub } from '../support/declared.ts'
import { until } from '../support/until.ts'

const CHANNEL = 'stuck-channel'
const SKUS = 40
const SLOTS = 4

let hub: Hub
let erp: ErpSimulator
let folder: string
let stuck: PromiseWithResolvers<PushResult>[]

/** Takes every figure and never answers. */
const stuckChannel: Connector = {
  manifest: {
    ...{ id: CHANNEL, name: 'Stuck', kind: 'storefront', settings: {}, secrets: {}, topics: {} },
    api: { version: '1', docs: 'https://example.com' },
    pushes: { inventory: 'state' },
  },
  push(operation) {
    operation.sending()
    const answer = Promise.withResolvers<PushResult>()
    stuck.push(answer)
    return answer.promise
  },
}

beforeEach(async () => {
  stuck = []
  folder = mkdtempSync(join(tmpdir(), 'stock-slots-'))
  erp = createErpSimulator({ random: () => 0.5 })
  const declared = declaredHub({ baseUrl: await erp.listen(), secret: 'webhook-secret' })
  const connectors = new Map([...CONNECTORS, stuckChannel].map(one => [one.manifest.id, one]))
  const config = loadConfig({
    env: { HUB_CONFIG: 'hub.yaml', HUB_DATA_DIR: folder, HUB_LOG_LEVEL: 'silent' },
    readFile: () =>
      JSON.stringify({
        ...declared,
        connections: [...declared.connections, { id: CHANNEL, tenant: 'acme', connector: CHANNEL }],
        stock: [{ tenant: 'acme', sources: ['acme-erp'], channels: { [CHANNEL]: {} } }],
        engine: { deliverConcurrency: SLOTS, publishConcurrency: SLOTS },
      }),
    manifests: new Map([...connectors].map(([id, { manifest }]) => [id, manifest])),
  })
  hub = await startHub({ ...config, port: 0 }, { connectors })
})

afterEach(async () => {
  for (const { resolve } of stuck) resolve({ externalId: 'x' })
  await hub.stop()
  await erp.close()
  rmSync(folder, { recursive: true })
})

it('delivers an order while a channel keeps every slot of stock', async () => {
  const { store, queue, clock } = hub.base
  const { keeper } = composeInventory(hub.base)!
  for (let sku = 0; sku < SKUS; sku++) await keeper.landed(countDocument(`SKU-${sku}`, 10, clock.now()))
  await until(() => stuck.length === SLOTS)
  const order = countDocument('none', 0, clock.now())
  const { document } = await store.documents.upsert(
    {
      ...order,
      id: 'order:acme:acme-shopify:1',
      resource: 'order',
      key: 'acme:acme-shopify:1',
      body: { id: 1 },
    },
    clock.now(),
  )
  const id = `${document.id}>acme-erp`
  await store.deliveries.want(
    {
      ...{ id, document: document.id, resource: 'order', tenant: 'acme', source: 'acme-shopify' },
      ...{ destination: 'acme-erp', flow: 'order-1', revision: 1, receivedAt: clock.now(), priority: 10 },
    },
    clock.now(),
  )
  await queue.enqueue('deliver', id, { priority: 10 })
  await until(async () => (await store.deliveries.get(id))?.state === 'confirmed')
  expect(stuck).toHaveLength(SLOTS)
  expect((await queue.stats()).topics.publish.running).toBe(SLOTS)
})
