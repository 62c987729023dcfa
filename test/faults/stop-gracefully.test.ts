import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createErpSimulator, type ErpSimulator } from '#connectors/erp/rest/simulator.ts'
import { generateOrder, signedWebhook } from '#connectors/storefronts/shopify/simulator.ts'
import { call } from '../support/call.ts'
import { declaredHub, SHOP } from '../support/declared.ts'
import { type HubProcess, hubProcess } from '../support/hub-process.ts'
import { seeded } from '../support/seeded.ts'

const SECRET = 'graceful-secret'
const AT = Date.UTC(2026, 0, 15)
const COUNT = 20

let erp: ErpSimulator
let hub: HubProcess

beforeAll(async () => {
  erp = createErpSimulator({ random: () => 0.5, faults: { latencyMs: 300 } })
  const baseUrl = await erp.listen()
  hub = await hubProcess({ config: declaredHub({ baseUrl, secret: SECRET }) })
  await hub.start()
}, 60_000)

afterAll(async () => {
  await hub.kill()
  await erp.close()
})

async function post(n: number): Promise<number> {
  const payload = generateOrder(seeded(n), n, { at: AT })
  const id = `graceful-${n}`
  const { headers, body } = signedWebhook({
    ...{ topic: 'orders/create', payload, shop: SHOP, secret: SECRET, apiVersion: '2026-10' },
    ...{ eventId: id, webhookId: id, triggeredAt: AT },
  })
  const { status } = await call(`${hub.url}/webhooks/acme-shopify`, { method: 'POST', headers, body })
  return status
}

describe('SIGTERM in the middle of deliveries', () => {
  it('ends what runs, exits with 0, and the next start brings in the rest, once', async () => {
    const statuses = await Promise.all(Array.from({ length: COUNT }, (_, n) => post(n + 1)))
    expect(statuses).toEqual(Array.from({ length: COUNT }, () => 200))
    expect(await hub.stop()).toBe(0)
    await hub.start()
    while (erp.records('order').length < COUNT) await new Promise(resolve => setTimeout(resolve, 50))
    expect(await hub.stop()).toBe(0)
    expect(erp.records('order')).toHaveLength(COUNT)
    expect(erp.state().resources['order']).toMatchObject({ records: COUNT, duplicates: 0 })
  }, 60_000)
})
