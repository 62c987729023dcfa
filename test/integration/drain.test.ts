import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createErpSimulator, type ErpSimulator } from '#connectors/erp/rest/simulator.ts'
import { generateOrder, signedWebhook } from '#connectors/storefronts/shopify/simulator.ts'
import type { Delivery } from '#core/contracts/store.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { call } from '../support/call.ts'
import { declaredHub, SHOP } from '../support/declared.ts'
import { type HubProcess, hubProcess } from '../support/hub-process.ts'
import { seeded } from '../support/seeded.ts'
import { until } from '../support/until.ts'

const SECRET = 'drain-secret'
const AT = Date.UTC(2026, 0, 15)
const ORDERS = 6
/** Deliveries at a time, so that work of every kind is there: running, and not begun. */
const RUNNING = 2

let erp: ErpSimulator
let hub: HubProcess

beforeEach(async () => {
  erp = createErpSimulator({ random: () => 0.5 })
})
afterEach(async () => {
  await hub.kill()
  await erp.close()
  rmSync(hub.dataDir, { recursive: true })
})

async function start(engine: Record<string, number>): Promise<void> {
  const declared = declaredHub({
    baseUrl: await erp.listen(),
    secret: SECRET,
    erp: { strategy: 'search-then-create' },
  })
  hub = await hubProcess({ config: { ...declared, engine: { deliverConcurrency: RUNNING, ...engine } } })
  await hub.start()
}

async function post(n: number): Promise<number> {
  const payload = generateOrder(seeded(n), n, { at: AT })
  const { headers, body } = signedWebhook({
    ...{ topic: 'orders/create', payload, shop: SHOP, secret: SECRET, apiVersion: '2026-10' },
    ...{ eventId: `drain-${n}`, webhookId: `drain-${n}`, triggeredAt: AT },
  })
  return (await call(`${hub.url}/webhooks/acme-shopify`, { method: 'POST', headers, body })).status
}

async function postAll(): Promise<void> {
  const statuses = await Promise.all(Array.from({ length: ORDERS }, (_, n) => post(n + 1)))
  expect(statuses).toEqual(Array.from({ length: ORDERS }, () => 200))
}

/** What the stopped hub left in its store. */
async function deliveries(): Promise<Delivery[]> {
  const store = await openSqliteStore({ url: join(hub.dataDir, 'hub.db'), engine: false })
  try {
    return (await store.deliveries.list({}, { limit: 100 })).items
  } finally {
    await store.close()
  }
}

/** Started again, it brings in the rest, each order once. */
async function expectAllOnce(): Promise<void> {
  await hub.start()
  await until(async () => (await deliveries()).every(({ state }) => state === 'confirmed'), 30_000)
  expect(await hub.stop()).toBe(0)
  expect(await deliveries()).toHaveLength(ORDERS)
  expect(erp.state().resources['order']).toMatchObject({ records: ORDERS, duplicates: 0 })
}

/** Orders that the ERP has. */
const stored = (): number => erp.state().resources['order']?.records ?? 0

describe('SIGTERM', () => {
  it('turns readiness off at once while the port still answers, and says that connections end', async () => {
    await start({ farewellMs: 1_500 })
    const stopping = hub.stop()
    let answer: Response | undefined
    await until(async () => {
      answer = await fetch(`${hub.url}/readyz`)
      return answer.status === 503
    })
    expect(answer!.headers.get('connection')).toBe('close')
    expect(await answer!.json()).toMatchObject({
      ready: false,
      checks: expect.arrayContaining([expect.objectContaining({ name: 'draining', ok: false })]),
    })
    expect((await call(`${hub.url}/livez`)).status).toBe(200)
    expect(await stopping).toBe(0)
  }, 60_000)

  it('waits for an ERP that takes two seconds: what runs is confirmed, what has not begun is not touched', async () => {
    erp.faults.latencyMs = 1_000
    await start({ farewellMs: 0 })
    await postAll()
    await until(() => stored() > 0)
    expect(await hub.stop()).toBe(0)
    const left = await deliveries()
    const confirmed = left.filter(({ state }) => state === 'confirmed')
    expect(confirmed.length).toBeGreaterThanOrEqual(1)
    expect(confirmed.length).toBeLessThan(ORDERS)
    for (const { claims, spent, uncertain } of left) expect([claims, spent, uncertain]).toEqual([0, 0, false])
    erp.faults.latencyMs = 0
    await expectAllOnce()
  }, 60_000)

  it('hands back, uncharged, what an ERP slower than the deadline has not answered', async () => {
    await start({ farewellMs: 0, drainMs: 1_000 })
    for (let n = 0; n < RUNNING; n++) erp.failNext('timeout-before-store')
    await postAll()
    await until(() => erp.requests.length > 0)
    const since = Date.now()
    expect(await hub.stop()).toBe(0)
    expect(Date.now() - since).toBeLessThan(3_000)
    for (const { state, claims, spent } of await deliveries())
      expect([state, claims, spent]).toEqual(['pending', 0, 0])
    await expectAllOnce()
  }, 60_000)

  it('remembers of a write broken off that it may have arrived, and does not double it', async () => {
    await start({ farewellMs: 0, drainMs: 500 })
    for (let n = 0; n < RUNNING; n++) erp.failNext('timeout-after-store', 'POST')
    await postAll()
    await until(() => stored() === RUNNING)
    expect(await hub.stop()).toBe(0)
    const left = await deliveries()
    expect(left.filter(({ uncertain }) => uncertain)).toHaveLength(RUNNING)
    expect(left.filter(({ claims, spent }) => claims + spent > 0)).toEqual([])
    await expectAllOnce()
  }, 60_000)

  it('ends at once when it comes twice', async () => {
    await start({ farewellMs: 0 })
    erp.failNext('timeout-before-store')
    await postAll()
    await until(() => erp.requests.length > 0)
    const stopping = hub.stop()
    await until(() => hub.output().includes('another signal'))
    expect(await hub.stop()).toBe(1)
    expect(await stopping).toBe(1)
  }, 60_000)
})
