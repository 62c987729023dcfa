import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { faultyProxy } from '../support/faulty-proxy.ts'
import { freePort } from '../support/free-port.ts'
import { type HubProcess, hubProcess } from '../support/hub-process.ts'
import type { OdooServer } from '../support/odoo.ts'
import { odooClient } from '../support/odoo-client.ts'
import { seeded } from '../support/seeded.ts'
import type { Channel, Webhook } from './odoo-storm/channel.ts'
import { bigcommerceChannel } from './odoo-storm/channels/bigcommerce.ts'
import { ebayChannel } from './odoo-storm/channels/ebay.ts'
import { shopifyChannel } from './odoo-storm/channels/shopify.ts'
import { squareChannel } from './odoo-storm/channels/square.ts'
import { woocommerceChannel } from './odoo-storm/channels/woocommerce.ts'
import { type Comparison, compare, harmIn } from './odoo-storm/compare.ts'
import { declaredStorm } from './odoo-storm/declared.ts'
import { type Loaded, loadOf, untilTaken } from './odoo-storm/load.ts'
import { type Parked, parkedIn } from './odoo-storm/parked.ts'
import { prepareOdoo } from './odoo-storm/prepare.ts'
import { createRun } from './odoo-storm/run.ts'
import { type LookedInto, type WayBackOptions, type WayBackReport, wayBack } from './odoo-storm/way-back.ts'
import { createKey, untilDrained } from './storm/drain.ts'

export interface OdooStormOptions {
  server: OdooServer
  /** Over five channels. */
  orders: number
  /** SIGKILLs of the hub. */
  kills: number
  seed: number
  /** For a short run: channels that are polled sell all they sell before the hub is up. */
  quietAhead?: boolean
  /** Afterwards cancellations, refunds and parcels are followed to both ends; some of them wait for polls. */
  withWayBack?: boolean
  progress?(line: string): void
}

export interface OdooStormReport extends Loaded {
  run: string
  kills: number
  /** What the line to Odoo did. */
  line: Readonly<Record<string, number>>
  comparison: Comparison
  parked: Parked[]
  wayBack: (WayBackReport | WayBackFailure)[]
  /** Beside those from before. */
  parkedAfter: Parked[]
  seconds: number
}

export interface WayBackFailure {
  channel: string
  failed: string
}

/** An order is a dozen calls, most of them shared with others. */
const FAULTS = { reset: 0.01, swallow: 0.015, late: 0.002 }
/** A call that Odoo answers later than this is given up; a call that confirms many orders takes seconds. */
const TIMEOUT_MS = 20_000
/** What no webhook tells is found by a poll, at the latest after a minute. */
const PATIENCE_MS = 100_000
const LOOK_MS = 3_000
/** Odoo takes a few orders a second. */
const MOST_TURNS = 20_000

export const harmOf = ({ comparison, parked, wayBack }: OdooStormReport): number =>
  harmIn(comparison) + parked.length + wayBack.filter(one => 'failed' in one).length

/** Orders of five channels into a hub that is killed again and again, over a bad line to a real Odoo; then Odoo is asked. */
export async function odooStorm(options: OdooStormOptions): Promise<OdooStormReport> {
  const { server, seed, progress, quietAhead } = options
  const started = Date.now()
  const random = seeded(seed)
  const run = createRun(`S${started.toString(36)}`.toUpperCase(), random)
  const odoo = odooClient(server)
  const line = await faultyProxy({
    ...{ target: server.url, random: seeded(seed + 1), faults: FAULTS, lateMs: TIMEOUT_MS + 500 },
  })
  const port = await freePort()
  const hubUrl = `http://127.0.0.1:${port}`
  const [shopify, woo, big, square, ebay] = await Promise.all([
    shopifyChannel(run),
    woocommerceChannel(run),
    bigcommerceChannel(run),
    squareChannel(run, hubUrl),
    ebayChannel(run),
  ])
  const channels: Channel[] = [shopify, woo, big, square, ebay]
  const settings = await prepareOdoo(
    odoo,
    run,
    channels.flatMap(({ skus }) => skus),
  )
  progress?.(`Odoo is prepared for ${run.name}`)
  const erp = {
    ...settings,
    baseUrl: line.url,
    db: server.db,
    timeoutMs: TIMEOUT_MS,
    pollSeconds: 10,
    pollFrom: new Date(started).toISOString(),
  }
  const hub = await hubProcess({
    config: declaredStorm({ run, channels, erp, apiKey: server.apiKey }),
    env: { HUB_PUBLIC_URL: hubUrl },
    port,
  })
  const killer = startKiller(hub, options, random)
  try {
    const load = loadOf({ channels, orders: options.orders, random, hubUrl, progress, quietAhead })
    load.ahead()
    await hub.start()
    killer.start()
    const loaded = await load.run()
    progress?.(`all is told, ${killer.done()} kills`)
    const kills = await killer.finished
    const key = await createKey(openSqliteStore({ url: join(hub.dataDir, 'hub.db'), engine: false }))
    const settled = await untilSettled({
      ...{ channels, hubUrl, key, progress },
      compareNow: () =>
        compare(
          odoo,
          run,
          channels.flatMap(channel => channel.sold()),
        ),
    })
    const post = (channel: Channel, webhook: Webhook) => untilTaken(hubUrl, channel, webhook)
    const back = (channel: LookedInto) => triedBack({ odoo, channel, post, progress })
    return {
      ...{ run: run.name, ...loaded, kills, line: line.happened, ...settled },
      wayBack: options.withWayBack ? await Promise.all([back(shopify), back(big)]) : [],
      parkedAfter: await parkedIn(hubUrl, key),
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

const triedBack = (options: WayBackOptions): Promise<WayBackReport | WayBackFailure> =>
  wayBack(options).catch((error: unknown) => ({ channel: options.channel.id, failed: String(error) }))

interface Settling {
  channels: readonly Channel[]
  hubUrl: string
  key: string
  compareNow(): Promise<Comparison>
  progress?(line: string): void
}

/** Nothing is under way, and nothing is left that a poll could still bring. */
async function untilSettled({ channels, hubUrl, key, compareNow, progress }: Settling) {
  const underWay = ownWork(channels)
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    await untilDrained({ url: hubUrl, key, progress, underWay, mostTurns: MOST_TURNS })
    const comparison = await compareNow()
    const parked = await parkedIn(hubUrl, key)
    const harm = harmIn(comparison)
    if (harm === 0 || Date.now() > end) return { comparison, parked }
    progress?.(`${harm} differences, ${parked.length} parked`)
    await pause(LOOK_MS)
  }
}

/** Transfers of other hubs' orders, which Odoo tells of as well, wait for orders that this one never gets. */
const ownWork = (channels: readonly Channel[]): string[] => [
  ...channels.map(({ id }) => `messages?state=pending&connection=${id}&limit=1`),
  ...['order', 'return'].flatMap(resource =>
    ['pending', 'waiting', 'held'].map(state => `deliveries?state=${state}&resource=${resource}&limit=1`),
  ),
]

function startKiller(hub: HubProcess, { kills, progress }: OdooStormOptions, random: () => number) {
  let done = 0
  let stopped = false
  const { promise: begun, resolve: start } = Promise.withResolvers<void>()
  const finished = (async () => {
    await begun
    while (done < kills && !stopped) {
      await pause(1_500 + random() * 8_000)
      await hub.kill()
      done += 1
      progress?.(`killed, ${done} of ${kills}`)
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
