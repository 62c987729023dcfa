import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { faultyProxy } from '../support/faulty-proxy.ts'
import { freePort } from '../support/free-port.ts'
import { hubProcess } from '../support/hub-process.ts'
import type { OdooServer } from '../support/odoo.ts'
import { odooClient } from '../support/odoo-client.ts'
import { seeded } from '../support/seeded.ts'
import { assortmentOf } from './odoo-storm/assortment.ts'
import type { Channel, Webhook } from './odoo-storm/channel.ts'
import { type Comparison, compare, harmIn } from './odoo-storm/compare.ts'
import { compareShelves } from './odoo-storm/compare-shelves.ts'
import { declaredStorm } from './odoo-storm/declared.ts'
import { startKiller } from './odoo-storm/killer.ts'
import { type Loaded, loadOf, untilTaken } from './odoo-storm/load.ts'
import { openChannels } from './odoo-storm/open-channels.ts'
import { type Parked, parkedIn } from './odoo-storm/parked.ts'
import { prepareOdoo, UNITS } from './odoo-storm/prepare.ts'
import { createRun } from './odoo-storm/run.ts'
import { untilDone, untilSettled } from './odoo-storm/settle.ts'
import { freeIn } from './odoo-storm/stock-in-odoo.ts'
import { SCARCE_UNITS, stockTakes } from './odoo-storm/stock-takes.ts'
import { watchShelves } from './odoo-storm/watch-shelves.ts'
import { type LookedInto, type WayBackOptions, type WayBackReport, wayBack } from './odoo-storm/way-back.ts'
import { createKey } from './storm/drain.ts'

export interface OdooStormOptions {
  server: OdooServer
  /** Over five channels. */
  orders: number
  /** SIGKILLs of the hub, the last one while figures are on their way. */
  kills: number
  /** How long it lives in between, at the most. */
  apartMs?: number
  seed: number
  /** For a short run: channels that are polled sell all they sell before the hub is up. */
  quietAhead?: boolean
  /** Of each channel, that all of them have on sale, by figures that the hub makes of Odoo's stock; all unless told. */
  articles?: number
  /** How late a sale, or the count after an order, may be heard of: so long a figure waits whose write was lost. */
  settleSeconds?: number
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
  stock: StockReport
  parked: Parked[]
  wayBack: (WayBackReport | WayBackFailure)[]
  /** Beside those from before. */
  parkedAfter: Parked[]
  /** Figures that are not as Odoo's stock has it, after the way back. */
  stockAfter: string[]
  seconds: number
}

export interface StockReport {
  /** Figures that were compared. */
  figures: number
  /** Those that are not as Odoo's stock and the rule of the channel have it. */
  differing: string[]
  /** Whenever a channel showed more than there was. */
  overshown: string[]
}

export interface WayBackFailure {
  channel: string
  failed: string
}

/** An order is a dozen calls, most of them shared with others. */
const FAULTS = { reset: 0.01, swallow: 0.015, late: 0.002 }
/** A call that Odoo answers later than this is given up; a call that confirms many orders takes seconds. */
const TIMEOUT_MS = 20_000
/** What no webhook tells is found by a poll, at the latest after a minute; figures wait for what may be told late. */
const PATIENCE_MS = 100_000
/** The hub may hear that Odoo has an order, after a lost answer, much later than Odoo counted it. */
const SETTLE_SECONDS = 60
/** What merchants showed of everything before. */
const LISTED = 500
/** More comes back to the shelves than that is not to be feared. */
const RETURNED = 20

export const harmOf = ({ comparison, stock, stockAfter, parked, wayBack }: OdooStormReport): number =>
  harmIn(comparison) +
  harmInStock(stock) +
  stockAfter.length +
  parked.length +
  wayBack.filter(one => 'failed' in one).length

const harmInStock = ({ differing, overshown }: StockReport): number => differing.length + overshown.length

/**
 * Orders of five channels into a hub that is killed again and again, over a bad line to a real Odoo, and Odoo's stock to the
 * channels, while people count in its warehouse; then Odoo is asked.
 */
export async function odooStorm(options: OdooStormOptions): Promise<OdooStormReport> {
  const { server, seed, progress, quietAhead, settleSeconds = SETTLE_SECONDS } = options
  const started = Date.now()
  const random = seeded(seed)
  const run = createRun(`S${started.toString(36)}`.toUpperCase(), random)
  const odoo = odooClient(server)
  const line = await faultyProxy({
    ...{ target: server.url, random: seeded(seed + 1), faults: FAULTS, lateMs: TIMEOUT_MS + 500 },
  })
  const port = await freePort()
  const hubUrl = `http://127.0.0.1:${port}`
  const { channels, shopify, big } = await openChannels(run, hubUrl)
  const assortment = assortmentOf(run, channels, options.articles ?? Number.POSITIVE_INFINITY)
  for (const { shelf } of channels) {
    for (const sku of assortment.skus) shelf.list(sku, LISTED)
    for (const sku of assortment.scarce) shelf.list(sku, 0)
  }
  const sold = channels.flatMap(({ skus }) => skus)
  const units = new Map([
    ...sold.map(sku => [sku, UNITS] as const),
    ...assortment.scarce.map(sku => [sku, SCARCE_UNITS] as const),
  ])
  const settings = await prepareOdoo(odoo, run, units)
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
    config: declaredStorm({
      run,
      channels,
      erp,
      apiKey: server.apiKey,
      assortment,
      settleSeconds,
    }),
    env: { HUB_PUBLIC_URL: hubUrl },
    port,
  })
  const killer = startKiller(hub, options, random)
  const onSale = [...assortment.skus, ...assortment.scarce]
  const watch = watchShelves({ channels, assortment })
  watch.there(new Map(onSale.map(sku => [sku, units.get(sku)!])))
  const takes = stockTakes({ odoo, assortment, watch, random: seeded(seed + 2) })
  const shelves = async () => compareShelves({ channels, assortment, free: await freeIn(odoo, onSale) })
  const stockNow = async (): Promise<StockReport> => ({
    figures: onSale.length * channels.length,
    differing: await shelves(),
    overshown: [...watch.overshown],
  })
  try {
    const load = loadOf({ channels, orders: options.orders, random, hubUrl, progress, quietAhead })
    load.ahead()
    await hub.start()
    await untilShown(shelves, progress)
    killer.start()
    const [loaded] = await Promise.all([load.run(), takes.some()])
    progress?.(`all is told, ${killer.done()} kills`)
    await killer.finished
    const key = await createKey(openSqliteStore({ url: join(hub.dataDir, 'hub.db'), engine: false }))
    const settling = { channels, hubUrl, key, progress, patienceMs: PATIENCE_MS + settleSeconds * 1_000 }
    await untilDone(settling)
    // Odoo tells whole seconds: only a count of a later one is known to include the last order.
    await pause(1_000)
    await takes.all()
    if (options.kills > 0) await killer.once()
    const settled = await untilSettled({
      ...settling,
      look: async () => ({
        comparison: await compare(
          odoo,
          run,
          channels.flatMap(channel => channel.sold()),
        ),
        stock: await stockNow(),
      }),
      harmIn: ({ comparison, stock }) => harmIn(comparison) + harmInStock(stock),
    })
    const parked = await parkedIn(hubUrl, key)
    const post = (channel: Channel, webhook: Webhook) => untilTaken(hubUrl, channel, webhook)
    const back = (channel: LookedInto) => triedBack({ odoo, channel, post, progress })
    if (options.withWayBack) watch.there(new Map(assortment.skus.map(sku => [sku, UNITS + RETURNED])))
    const report = {
      ...{ run: run.name, ...loaded, kills: killer.done(), line: line.happened, ...settled, parked },
      wayBack: options.withWayBack ? await Promise.all([back(shopify), back(big)]) : [],
    }
    return {
      ...report,
      parkedAfter: await parkedIn(hubUrl, key),
      stockAfter: options.withWayBack
        ? await untilSettled({ ...settling, look: shelves, harmIn: ({ length }) => length })
        : [],
      seconds: (Date.now() - started) / 1_000,
    }
  } catch (error) {
    throw new Error(`${String(error)}\nThe hub said:\n${hub.output()}`, { cause: error })
  } finally {
    watch.stop()
    await killer.stop()
    await hub.kill()
    await Promise.all([line.close(), ...channels.map(channel => channel.close())])
  }
}

const triedBack = (options: WayBackOptions): Promise<WayBackReport | WayBackFailure> =>
  wayBack(options).catch((error: unknown) => ({ channel: options.channel.id, failed: String(error) }))

const LOOK_MS = 500
const FIRST_MS = 90_000

/** What is sold before the hub's first figure arrives was never offered by it. */
async function untilShown(
  shelves: () => Promise<string[]>,
  progress?: (line: string) => void,
): Promise<void> {
  const end = Date.now() + FIRST_MS
  for (;;) {
    const differing = await shelves()
    if (differing.length === 0) return progress?.('every channel shows the stock')
    if (Date.now() > end) throw new Error(`The first figures never came: ${differing.slice(0, 5).join('; ')}`)
    await pause(LOOK_MS)
  }
}
