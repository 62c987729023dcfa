/**
 * One process of the throttle storm: fetches single orders at a steady pace as live traffic does and, if told, reads the
 * whole shop over and over as backfills do. Both through the hub's own context.
 */
import { Redis } from 'ioredis'
import { shopify } from '#connectors/storefronts/shopify/connector.ts'
import type { LiveConnection } from '#core/accounts/live-connection.ts'
import type { HttpClient } from '#core/contracts/connector.ts'
import { sleep, systemClock } from '#core/kernel/clock.ts'
import { createHttpClient } from '#core/kernel/http-client.ts'
import { createRedisState } from '#core/resilience/redis/redis-state.ts'
import { createContextFor } from '#workers/compose/context-for.ts'
import type { ChildReport, StormGiven } from './throttle-storm.ts'

const given = JSON.parse(process.argv[2]!) as StormGiven
const clock = systemClock
const shared = createRedisState({ connection: new Redis(given.redis), prefix: given.prefix })
const direct = createHttpClient({ clock, allowPrivateHosts: ['127.0.0.1'] })
const connection: LiveConnection = {
  ...{ id: 'shop', tenant: 'acme', connector: 'shopify', state: 'active', tables: {}, declared: true },
  settings: { shop: given.shop, apiBaseUrl: given.apiBaseUrl },
  secrets: { accessToken: ['shpat_simulated'] },
}

/** How far away a real shop is. Without it, the shares that the simulator and we take of one processor are measured. */
const PARTNER_MS = 100

let calls = 0
/** Longest that a live call waited for the budget. */
let budgetMs = 0
const http: HttpClient = {
  async request(request) {
    calls += 1
    await sleep(clock, PARTNER_MS)
    return direct.request(request)
  },
}

const telemetry = {
  attempt: () => undefined,
  count: () => undefined,
  observe(_name: string, ms: number, labels?: { connection?: string }) {
    if (labels?.connection === 'live') budgetMs = Math.max(budgetMs, ms)
  },
  log: () => undefined,
}
const contextFor = createContextFor({
  tokenFor: async ({ secrets }) => secrets['accessToken']?.[0] ?? '',
  ...{ http, telemetry, clock, buckets: shared.buckets, locks: shared.locks, random: Math.random },
  httpTimeoutMs: 30_000,
  connectors: new Map([['shopify', shopify]]),
})

const ends = clock.now() + given.ms
const over = new AbortController()
const liveMs: number[] = []

async function fetchOrder(id: number): Promise<void> {
  const started = clock.now()
  const body = Buffer.from(JSON.stringify({ order_edit: { id: 1, order_id: id } }))
  await shopify.decode!(
    { topic: 'orders/edited', dedupeKey: 'k', headers: {}, body, via: 'webhook' },
    contextFor({ ...connection, id: 'live' }, new AbortController().signal, { priority: 10 }),
  )
  liveMs.push(clock.now() - started)
}

async function live(): Promise<void> {
  const fetched: Promise<void>[] = []
  for (let turn = 0; clock.now() < ends; turn++) {
    fetched.push(fetchOrder(given.orders[turn % given.orders.length]!))
    await sleep(clock, given.everyMs)
  }
  await Promise.all(fetched)
}

async function backfill(): Promise<void> {
  while (!over.signal.aborted)
    for await (const _page of shopify.poll!(
      'order',
      null,
      contextFor(connection, over.signal, { priority: 40 }),
    ))
      if (over.signal.aborted) return
}

// Shopify's library takes its time to load; that is no part of a call.
await fetchOrder(given.orders[0]!)
liveMs.length = 0
budgetMs = 0
const backfills = given.backfill ? backfill().catch(() => undefined) : undefined
await live()
over.abort()
await backfills
direct.close()
await shared.close()
console.log(JSON.stringify({ calls, liveMs, budgetMs } satisfies ChildReport))
