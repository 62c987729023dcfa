import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { loadConfig } from '#config/load.ts'
import { CONNECTORS } from '#connectors/registry.ts'
import type { Connector } from '#core/contracts/connector.ts'
import type { StoredDocument } from '#core/contracts/store.ts'
import { startHub } from '#workers/compose/hub.ts'
import { composeInventory } from '#workers/compose/inventory.ts'
import { countDocument } from '../support/count-document.ts'
import { declaredHub } from '../support/declared.ts'
import { type FastErp, fastErp } from './fast-erp.ts'
import type { Figure } from './figure.ts'
import { BENCH_SECRET } from './load.ts'
import { quantile } from './quantile.ts'
import { callers, send, signedOrders, untilArrived } from './signed-orders.ts'
import { limitedChannel, limitedPartner } from './stock-burst/limited-channel.ts'

const SKUS = 10_000
const CHANNELS = ['channel-1', 'channel-2', 'channel-3', 'channel-4']
const UNITS = 1_000
const ORDERS_PER_SECOND = 20
const IDLE_ORDERS = 200
const PATIENCE_MS = 600_000
const SIDE_BY_SIDE = 8

/**
 * Every item of an ERP is counted anew at once, for four channels that take four calls a second; meanwhile orders come as
 * before. All in one process, with the load and the partners: what it costs is on the hub's account.
 */
export async function benchStockBurst(): Promise<Figure[]> {
  const [erp, partner] = await Promise.all([fastErp(), limitedPartner()])
  const hub = await burstHub(erp, partner.url)
  const port = Number(new URL(hub.hub.url).port)
  try {
    await latencies(erp, { port, count: 100 })
    const idle = await latencies(erp, { port, count: IDLE_ORDERS })
    const startedAt = performance.now()
    const landed = land(hub.keeper)
    const busy: number[] = []
    const published = () => CHANNELS.reduce((sum, one) => sum + partner.showing(one, UNITS), 0)
    const all = SKUS * CHANNELS.length
    while (published() < all && performance.now() - startedAt < PATIENCE_MS)
      busy.push(...(await latencies(erp, { port, count: ORDERS_PER_SECOND })))
    await landed
    const seconds = (performance.now() - startedAt) / 1_000
    const { calls, refused } = partner.counts()
    return [
      {
        name: 'burstPublished',
        value: published(),
        atLeast: all,
        what: `of ${all} figures at their channel`,
      },
      {
        name: 'burstRefused',
        value: refused,
        atMost: 0,
        what: `calls beyond a partner’s limit, of ${calls + refused}`,
      },
      { name: 'burstSeconds', value: seconds, what: 'seconds until every channel showed every figure' },
      {
        name: 'burstOrdersP95Ms',
        value: quantile(busy, 0.95),
        what: 'ms from webhook to ERP meanwhile, p95',
      },
      {
        name: 'burstOrdersVsIdle',
        value: quantile(busy, 0.95) / quantile(idle, 0.95),
        atMost: 2,
        what: 'the same ÷ when nothing else happens',
      },
    ]
  } finally {
    await hub.stop()
    await Promise.all([erp.close(), partner.close()])
  }
}

async function burstHub(erp: FastErp, partnerUrl: string) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-stock-'))
  const channel = limitedChannel(partnerUrl)
  const connectors: ReadonlyMap<string, Connector> = new Map(
    [...CONNECTORS, channel].map(connector => [connector.manifest.id, connector]),
  )
  const declared = declaredHub({
    baseUrl: `http://127.0.0.1:${erp.port}`,
    secret: BENCH_SECRET,
    erp: { strategy: 'upsert' },
  })
  const config = loadConfig({
    env: { HUB_DATA_DIR: folder, HUB_CONFIG: 'bench.yaml', HUB_LOG_LEVEL: 'error' },
    readFile: () =>
      JSON.stringify({
        ...declared,
        connections: [
          ...declared.connections,
          ...CHANNELS.map(id => ({ id, tenant: 'acme', connector: channel.manifest.id })),
        ],
        stock: [
          {
            ...{ tenant: 'acme', sources: ['acme-erp'], splitBelow: 0 },
            channels: Object.fromEntries(CHANNELS.map(id => [id, {}])),
          },
        ],
      }),
    manifests: new Map([...connectors].map(([id, { manifest }]) => [id, manifest])),
  })
  const hub = await startHub({ ...config, port: 0 }, { connectors })
  return {
    hub,
    keeper: composeInventory(hub.base)!.keeper,
    async stop() {
      await hub.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

/** Every item is counted, as when a source tells all of its stock. */
async function land(keeper: { landed(document: StoredDocument): Promise<void> }): Promise<void> {
  const skus = Array.from({ length: SKUS }, (_, index) => `SKU-${index}`)
  const next = async () => {
    for (let sku = skus.pop(); sku !== undefined; sku = skus.pop())
      await keeper.landed(countDocument(sku, UNITS, Date.now()))
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, next))
}

/** Milliseconds from webhook to ERP of orders that come one by one. */
async function latencies(erp: FastErp, { port, count }: { port: number; count: number }): Promise<number[]> {
  const orders = signedOrders(count)
  const sentAt = new Map<number, number>()
  const agent = callers()
  const sent: Promise<void>[] = []
  for (const order of orders) {
    await pause(1_000 / ORDERS_PER_SECOND)
    sentAt.set(order.id, performance.now())
    sent.push(send({ port, agent }, order))
  }
  await Promise.all(sent)
  await untilArrived(erp, orders)
  agent.destroy()
  return orders.map(({ id }) => erp.arrived.get(id)! - sentAt.get(id)!)
}

if (import.meta.main) console.log(await benchStockBurst())
