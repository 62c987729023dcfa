import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { generateOrder, signedWebhook } from '#connectors/storefronts/shopify/simulator.ts'
import type { Delivery } from '#core/contracts/store.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { SHOP } from '../support/declared.ts'
import { hubProcess } from '../support/hub-process.ts'
import { seeded } from '../support/seeded.ts'
import { until } from '../support/until.ts'
import { SECRET } from './storm/options.ts'
import type { Revision } from './storm/plan.ts'
import { sendAll } from './storm/send.ts'

const CRASH_LIMIT = 5
const KILLS = 7
const ORDERS = 24
/** More than a few wait at each kill. */
const WAITING = 5
const PATIENCE_MS = 60_000
const AT = Date.UTC(2026, 0, 15)

const random = seeded(5)

function orderOf(n: number): Revision {
  const order = generateOrder(random, n, { at: AT })
  const [topic, apiVersion, id] = ['orders/create', '2026-10', `event-${n}`]
  const webhook = signedWebhook({
    ...{ topic, payload: order, shop: SHOP, secret: SECRET, apiVersion },
    ...{ eventId: id, webhookId: id, triggeredAt: AT },
  })
  return { order, webhook }
}

const push = { pushes: { order: { path: '/orders/{key}' } } }

/** The portal takes one call at once, and one in 17 seconds, which is just not too long to wait for in hand. */
const declared = (baseUrl: string, poison: string) => ({
  tenants: [{ id: 'acme', name: 'Acme Outdoor' }],
  connections: [
    {
      ...{ id: 'acme-shopify', tenant: 'acme', connector: 'shopify' },
      settings: { shop: SHOP },
      secrets: { webhookSecret: SECRET },
    },
    {
      ...{ id: 'portal', tenant: 'acme', connector: 'http-shop' },
      settings: { baseUrl, ...push, limits: { capacity: 1, refillPerSecond: 0.06 } },
    },
    { id: 'trap', tenant: 'acme', connector: 'http-shop', settings: { baseUrl, ...push } },
  ],
  flows: [
    { resource: 'order', from: ['acme-shopify'], to: ['portal'], when: `externalId != "${poison}"` },
    { resource: 'order', from: ['acme-shopify'], to: ['trap'], when: `externalId = "${poison}"` },
  ],
  // The trap's call ends with the process, not before.
  engine: { crashLimit: CRASH_LIMIT, httpTimeoutMs: 600_000, leaseMs: 600_000 },
  security: { allowPrivateHosts: ['127.0.0.1'] },
})

/** A partner who counts how often it was told of the poison, which it never answers: it is then that the process ends. */
async function portal(poison: string) {
  let told = 0
  const server = createServer((request, response) => {
    request.resume()
    if (decodeURIComponent(request.url ?? '').endsWith(`:${poison}`)) told += 1
    else response.end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    told: () => told,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

it('does not park what only waits for a partner at every crash, and parks what is under way at each', async () => {
  const [poison, ...bystanders] = Array.from({ length: ORDERS }, (_, n) => orderOf(n + 1))
  const poisonous = String(poison!.order.id)
  const partner = await portal(poisonous)
  const hub = await hubProcess({ config: declared(partner.url, poisonous) })
  await hub.start()
  const store = openSqliteStore({ url: join(hub.dataDir, 'hub.db'), engine: false })
  const deliveries = async () => (await store.deliveries.list({}, { limit: 100 })).items
  const isPoison = ({ destination }: Delivery) => destination === 'trap'
  const parked = async () => (await store.deadLetters.list({})).items

  const unsettled = async () => (await deliveries()).filter(one => one.claims > 0 && !isPoison(one))
  const inHandSince = async (time: number) =>
    (await unsettled()).filter(({ attempts }) => attempts.at(-1)!.at >= time)

  try {
    const sender = { urls: [hub.url], acknowledged: () => undefined }
    await sendAll([poison!], sender)
    await until(() => partner.told() === 1, PATIENCE_MS)
    await sendAll(bystanders, sender)
    await until(async () => (await deliveries()).length === ORDERS, PATIENCE_MS)
    for (let life = 1, since = 0; life <= KILLS; life++) {
      await until(() => partner.told() === Math.min(life, CRASH_LIMIT), PATIENCE_MS)
      await until(async () => (await inHandSince(since)).length >= WAITING, PATIENCE_MS)
      // Sooner than they give up waiting, which would clear them.
      await until(async () => (await unsettled()).every(({ claims }) => claims === 1))
      await hub.kill()
      since = Date.now()
      if (life < KILLS) await hub.start()
    }
    expect(await parked()).toMatchObject([{ code: 'CRASH_LOOP' }])
    expect((await deliveries()).filter(({ state }) => state === 'dead').map(isPoison)).toEqual([true])
  } catch (error) {
    throw new Error(`${String(error)}\nThe hub said:\n${hub.output()}`, { cause: error })
  } finally {
    await hub.kill()
    await store.close()
    partner.close()
  }
}, 300_000)
