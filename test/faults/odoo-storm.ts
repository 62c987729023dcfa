import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { faultyProxy } from '../support/faulty-proxy.ts'
import { freePort } from '../support/free-port.ts'
import { type HubProcess, hubProcess } from '../support/hub-process.ts'
import type { OdooServer } from '../support/odoo.ts'
import { odooClient } from '../support/odoo-client.ts'
import { seeded } from '../support/seeded.ts'
import type { Channel } from './odoo-storm/channel.ts'
import { bigcommerceChannel } from './odoo-storm/channels/bigcommerce.ts'
import { ebayChannel } from './odoo-storm/channels/ebay.ts'
import { shopifyChannel } from './odoo-storm/channels/shopify.ts'
import { squareChannel } from './odoo-storm/channels/square.ts'
import { woocommerceChannel } from './odoo-storm/channels/woocommerce.ts'
import { type Comparison, compare, harmIn } from './odoo-storm/compare.ts'
import { declaredStorm } from './odoo-storm/declared.ts'
import { type Loaded, loadOrders } from './odoo-storm/load.ts'
import { type Parked, parkedIn } from './odoo-storm/parked.ts'
import { prepareOdoo } from './odoo-storm/prepare.ts'
import { createRun } from './odoo-storm/run.ts'
import { createKey, untilDrained } from './storm/drain.ts'

export interface OdooStormOptions {
  server: OdooServer
  /** Over five channels. */
  orders: number
  /** SIGKILLs of the hub. */
  kills: number
  seed: number
  progress?(line: string): void
}

export interface OdooStormReport extends Loaded {
  run: string
  kills: number
  /** What the line to Odoo did. */
  line: Readonly<Record<string, number>>
  comparison: Comparison
  parked: Parked[]
  seconds: number
}

const FAULTS = { reset: 0.02, swallow: 0.03, late: 0.005 }
/** A call that Odoo answers later than this is given up; a call that confirms many orders takes seconds. */
const TIMEOUT_MS = 20_000
/** What no webhook tells is found by a poll, at the latest after a minute. */
const PATIENCE_MS = 150_000
const LOOK_MS = 3_000

export const harmOf = ({ comparison, parked }: OdooStormReport): number => harmIn(comparison) + parked.length

/** Orders of five channels into a hub that is killed again and again, over a bad line to a real Odoo; then Odoo is asked. */
export async function odooStorm(options: OdooStormOptions): Promise<OdooStormReport> {
  const { server, seed, progress } = options
  const started = Date.now()
  const random = seeded(seed)
  const run = createRun(`S${started.toString(36)}`.toUpperCase(), random)
  const odoo = odooClient(server)
  const line = await faultyProxy({
    ...{ target: server.url, random: seeded(seed + 1), faults: FAULTS, lateMs: TIMEOUT_MS + 500 },
  })
  const port = await freePort()
  const hubUrl = `http://127.0.0.1:${port}`
  const channels = await Promise.all([
    shopifyChannel(run),
    woocommerceChannel(run),
    bigcommerceChannel(run),
    squareChannel(run, hubUrl),
    ebayChannel(run),
  ])
  const settings = await prepareOdoo(
    odoo,
    run,
    channels.flatMap(({ skus }) => skus),
  )
  progress?.(`Odoo is prepared for ${run.name}`)
  const erp = { ...settings, baseUrl: line.url, db: server.db, timeoutMs: TIMEOUT_MS, pollSeconds: 10 }
  const hub = await hubProcess({
    config: declaredStorm({ run, channels, erp, apiKey: server.apiKey }),
    env: { HUB_PORT: String(port), HUB_PUBLIC_URL: hubUrl },
  })
  const killer = startKiller(hub, options.kills, random)
  try {
    await hub.start()
    killer.start()
    const loaded = await loadOrders({ channels, orders: options.orders, random, hubUrl, progress })
    progress?.(`all is told, ${killer.done()} kills`)
    const kills = await killer.finished
    const key = await createKey(openSqliteStore({ url: join(hub.dataDir, 'hub.db'), engine: false }))
    const settled = await untilSettled({
      channels,
      hubUrl,
      key,
      compareNow: () => compare(odoo, run, soldBy(channels)),
      progress,
    })
    return {
      ...{ run: run.name, ...loaded, kills, line: line.happened, ...settled },
      seconds: (Date.now() - started) / 1_000,
    }
  } catch (error) {
    throw new Error(`${String(error)}\nThe hub said:\n${hub.output()}`, { cause: error })
  } finally {
    await killer.stop()
    await hub.kill()
    await Promise.all([line.close(), ...channels.map(channel => channel.close())])
  }
}

const soldBy = (channels: readonly Channel[]) => channels.flatMap(channel => channel.sold())

interface Settling {
  channels: readonly Channel[]
  hubUrl: string
  key: string
  compareNow(): Promise<Comparison>
  progress?(line: string): void
}

/** Nothing is under way, and nothing is left that a poll could still bring. */
async function untilSettled({ hubUrl, key, compareNow, progress }: Settling) {
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    await untilDrained({ url: hubUrl, key, progress })
    const comparison = await compareNow()
    const parked = await parkedIn(hubUrl, key)
    const harm = harmIn(comparison)
    if (harm === 0 || Date.now() > end) return { comparison, parked }
    progress?.(`${harm} differences, ${parked.length} parked`)
    await pause(LOOK_MS)
  }
}

function startKiller(hub: HubProcess, kills: number, random: () => number) {
  let done = 0
  let stopped = false
  const { promise: begun, resolve: start } = Promise.withResolvers<void>()
  const finished = (async () => {
    await begun
    while (done < kills && !stopped) {
      await pause(1_000 + random() * 7_000)
      await hub.kill()
      done += 1
      await hub.start()
    }
    return done
  })()
  finished.catch(() => undefined)
  return {
    ...{ start, finished, done: () => done },
    async stop() {
      stopped = true
      start()
      await finished.catch(() => undefined)
    },
  }
}
