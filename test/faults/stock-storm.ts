import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { call } from '../support/call.ts'
import { hubProcess } from '../support/hub-process.ts'
import { seeded } from '../support/seeded.ts'
import { declaredStock, SHOPS, WAREHOUSE } from './stock-storm/declared.ts'
import { Market } from './stock-storm/market.ts'
import { serveShops } from './stock-storm/shop-server.ts'
import { tell } from './stock-storm/tell.ts'
import { createKey, untilDrained } from './storm/drain.ts'
import { startKiller } from './storm/killer.ts'

export interface StockStormOptions {
  /** Tries to sell. */
  buyers: number
  kills: number
  seed: number
  progress?(line: string): void
}

export interface StockStormReport {
  /** Orders that shops took. */
  orders: number
  kills: number
  /** Figures that arrived at shops. */
  writes: number
  /** Moments at which more was shown and sold than was counted. */
  oversold: string[]
  /** SKUs of which the ledger holds other units than were sold. */
  miscounted: string[]
  deadLetters: number
  seconds: number
}

const SKUS = ['TENT', 'BOOT', 'STOVE']
const FIRST_UNITS = 60
const RESTOCKED = 12
/** One in so many acts is goods that arrive. */
const RESTOCK_EACH = 12
const ACT_MS = 40

/**
 * Two shops that cannot compare sell what they are told to show, and every order is told twice, while the hub is killed at
 * random and writes of stock fail before and after they arrive. No sale is counted by the warehouse, so each has to be kept
 * by the ledger alone.
 */
export async function stockStorm(options: StockStormOptions): Promise<StockStormReport> {
  const { progress } = options
  const started = Date.now()
  const random = seeded(options.seed)
  const market = new Market()
  const shops = await serveShops(market, seeded(options.seed + 1))
  const hub = await hubProcess({ config: declaredStock(shops.url) })
  await hub.start()
  const { url } = hub
  const told: Promise<void>[] = []

  function count(sku: string, units: number): void {
    market.restock(sku, units)
    const at = new Date().toISOString()
    const body = { sku, free: market.counted(sku), at }
    told.push(tell({ url, connection: WAREHOUSE, event: 'stock.counted', body }))
  }

  let orders = 0
  function sell(): void {
    const connection = SHOPS[Math.floor(random() ** 2 * SHOPS.length)]!
    const sku = SKUS[Math.floor(random() * SKUS.length)]!
    const quantity = 1 + Math.floor(random() * 3)
    if (!market.sell(connection, sku, quantity)) return
    const lines = [{ sku, quantity }]
    const at = new Date().toISOString()
    const body = { id: `${connection}-${++orders}`, at, lines, total: `${quantity}.00` }
    for (const event of ['order.created', 'order.created'] as const)
      told.push(tell({ url, connection, event, body }))
  }

  for (const sku of SKUS) count(sku, FIRST_UNITS)
  const killer = startKiller(hub, options.kills, random)
  try {
    for (let act = 0; act < options.buyers || killer.done() < options.kills; act++) {
      if (random() * RESTOCK_EACH < 1) count(SKUS[Math.floor(random() * SKUS.length)]!, RESTOCKED)
      else sell()
      if (act % 100 === 0) progress?.(`${orders} orders, ${market.writes} writes, ${killer.done()} kills`)
      await pause(ACT_MS)
    }
    const kills = await killer.finished
    await Promise.all(told)
    const key = await createKey(openSqliteStore({ url: join(hub.dataDir, 'hub.db'), engine: false }))
    const deadLetters = await untilDrained({ url, key, progress })
    const { text } = await call(`${url}/api/v1/stock`, { headers: { authorization: `Bearer ${key}` } })
    const { items } = JSON.parse(text) as { items: { sku: string; reserved: number }[] }
    return {
      ...{ orders, kills, writes: market.writes, oversold: market.oversold, deadLetters },
      miscounted: SKUS.filter(sku => items.find(item => item.sku === sku)?.reserved !== market.sold(sku)),
      seconds: (Date.now() - started) / 1_000,
    }
  } catch (error) {
    throw new Error(`${String(error)}\nThe hub said:\n${hub.output()}`, { cause: error })
  } finally {
    await killer.stop()
    await hub.kill()
    await shops.close()
  }
}
