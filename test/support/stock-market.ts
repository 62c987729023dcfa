import type { StockItem } from '#core/contracts/store.ts'
import { newItem, reduceItem, type StockEvent } from '#core/inventory/ledger.ts'
import type { Reading } from '#core/inventory/read.ts'
import type { StockRule } from '#core/inventory/rule.ts'

export const SETTLE_MS = 60_000

export const channelRule = (over: Partial<StockRule['channels'][string]> = {}) => ({
  buffer: 0,
  percent: 100,
  minimum: 0,
  priority: 1,
  ...over,
})

export const stockRule = (over: Partial<StockRule> = {}): StockRule => ({
  tenant: 'acme',
  sources: ['erp'],
  staleMinutes: 0,
  staleHoldBack: 100,
  reservationHours: 72,
  settleSeconds: SETTLE_MS / 1_000,
  splitBelow: 1_000_000,
  channels: {},
  bundles: {},
  ...over,
})

/** An item of the ledger under a clock, event by event. */
export class LedgerItem {
  item: StockItem
  now: number
  readonly rule: StockRule

  constructor(rule: StockRule, now = 1_000_000) {
    this.rule = rule
    this.now = now
    this.item = newItem(rule.tenant, 'SKU', now)
  }

  tell(event: StockEvent): StockItem {
    this.item = reduceItem(this.item, event, { rule: this.rule, now: this.now })
    return this.item
  }

  count(available: number, at = this.now, location = 'main', onHand?: true): void {
    this.tell({
      kind: 'counted',
      count: { source: 'erp', location, available, at, ...(onHand && { onHand }) },
    })
  }

  order(order: string, channel: string, quantity: number, shipped = false): void {
    const wish = { order, channel, quantity, direct: quantity, shipped, at: this.now, isOld: false }
    this.tell({ kind: 'ordered', wish: { ...wish, endsAt: this.now + 72 * 3_600_000 } })
  }
}

/** A channel's own counter: it sells what it shows, and knows nothing of the hub. */
export interface Shop {
  id: string
  compares: boolean
  shows: number
  /** A write between hub and shop. */
  flight?: { quantity: number; expected?: number; arrived: boolean; found?: number }
}

export interface Sale {
  id: string
  shop: string
  quantity: number
  at: number
  isHeard: boolean
  isHeld: boolean
  isCancelled: boolean
  /** What was heard of it last. */
  noted: number
}

/** A source of counts, shops that compare and shops that do not, and the ledger between them: every step may come at any time. */
export class StockMarket {
  readonly ledger: LedgerItem
  readonly shops: Shop[]
  readonly sales: Sale[] = []
  readonly stock: number
  #inErp: number
  #told: { available: number; at: number }[] = []
  #readings = new Map<string, Reading>()
  #looks: { channel: string; reading: Reading }[] = []

  constructor({ stock, shops, rule = {} }: { stock: number; shops: boolean[]; rule?: Partial<StockRule> }) {
    this.shops = shops.map((compares, index) => ({ id: `shop-${index}`, compares, shows: 0 }))
    const channels = Object.fromEntries(this.shops.map(({ id }) => [id, channelRule()]))
    this.ledger = new LedgerItem(stockRule({ channels, ...rule }))
    this.stock = stock
    this.#inErp = stock
    this.ledger.count(stock)
  }

  get item(): StockItem {
    return this.ledger.item
  }

  get soldUnits(): number {
    return this.sales.filter(sale => !sale.isCancelled).reduce((sum, { quantity }) => sum + quantity, 0)
  }

  sell(index: number, quantity: number): void {
    const shop = this.shops[index % this.shops.length]!
    if (shop.shows < quantity) return
    shop.shows -= quantity
    const sale = { id: `order:${this.sales.length}`, shop: shop.id, quantity, at: this.ledger.now }
    this.sales.push({ ...sale, isHeard: false, isHeld: false, isCancelled: false, noted: 0 })
  }

  /** Also what was heard before: webhooks come twice. */
  hear(index: number): void {
    const sale = this.sales[index % Math.max(1, this.sales.length)]
    if (sale) this.#hear(sale)
  }

  hold(index: number): void {
    const open = this.sales.filter(sale => sale.isHeard && !sale.isHeld && !sale.isCancelled)
    const sale = open[index % Math.max(1, open.length)]
    if (!sale) return
    this.#inErp -= sale.quantity
    this.#tell()
    this.ledger.now++
    sale.isHeld = true
    this.ledger.tell({ kind: 'held', order: sale.id, source: 'erp', at: this.ledger.now })
  }

  /** The shop puts the units back on its shelf at once; the hub hears of it later. */
  cancel(index: number): void {
    const open = this.sales.filter(sale => !sale.isCancelled)
    const sale = open[index % Math.max(1, open.length)]
    if (!sale) return
    Object.assign(sale, { isCancelled: true, isHeard: false, at: this.ledger.now })
    this.shops.find(({ id }) => id === sale.shop)!.shows += sale.quantity
  }

  /** One of the counts on their way arrives; any of them. */
  arriveCount(index: number): void {
    const [told] = this.#told.splice(index % Math.max(1, this.#told.length), 1)
    if (told) this.ledger.count(told.available, told.at)
  }

  begin(index: number): void {
    const shop = this.shops[index % this.shops.length]!
    if (shop.flight || this.item.offers[shop.id]?.askedAt === undefined) return
    this.#begin(shop)
  }

  /** The write reaches the shop. */
  arrive(index: number): void {
    const { flight, ...shop } = this.shops[index % this.shops.length]!
    if (!flight || flight.arrived) return
    const found = shop.shows
    const missing = shop.compares ? Math.max(0, (flight.expected ?? found) - found) : 0
    const shows = Math.max(0, flight.quantity - missing)
    this.#replace({
      ...shop,
      shows,
      flight: { ...flight, arrived: true, found: shop.compares ? found : undefined },
    })
  }

  answer(index: number): void {
    const shop = this.shops[index % this.shops.length]!
    const { flight } = shop
    if (!flight?.arrived) return
    this.#replace({ ...shop, flight: undefined })
    this.ledger.tell({ kind: 'confirmed', channel: shop.id, found: flight.found })
  }

  /** The answer never comes, or it is that nothing arrived. */
  fail(index: number, kind: 'lost' | 'refused' | 'crash'): void {
    const shop = this.shops[index % this.shops.length]!
    const { flight } = shop
    if (!flight || (flight.arrived && kind === 'refused')) return
    this.#replace({ ...shop, flight: undefined })
    if (kind === 'crash') this.#begin(this.shops.find(({ id }) => id === shop.id)!)
    else this.ledger.tell({ kind, channel: shop.id, parked: false })
  }

  /** With what the shops told of themselves at the check before; what they tell now is known at the next. */
  check(): void {
    this.ledger.tell({ kind: 'checked', readings: this.#readings })
    const at = this.ledger.now
    this.#readings = new Map(this.shops.map(({ id, shows }) => [id, { quantity: shows, at }]))
  }

  /** A shop is asked what it shows; what it answers is told later, or never. */
  look(index: number): void {
    const { id, shows } = this.shops[index % this.shops.length]!
    this.#looks.push({ channel: id, reading: { quantity: shows, at: this.ledger.now } })
  }

  /** One of the answers on their way arrives; any of them. */
  tell(index: number): void {
    const [look] = this.#looks.splice(index % Math.max(1, this.#looks.length), 1)
    if (look) this.ledger.tell({ kind: 'told', ...look })
  }

  /** Time passes; what may be late no longer is heard of before. */
  wait(ms: number): void {
    const until = this.ledger.now + ms
    for (const sale of this.sales) if (!sale.isHeard && sale.at + SETTLE_MS <= until) this.#hear(sale)
    while (this.#told.some(({ at }) => at + SETTLE_MS <= until)) this.arriveCount(0)
    this.ledger.now = until
    this.ledger.tell({ kind: 'reviewed' })
  }

  /** All that is on its way arrives, until nothing more happens. */
  settle(): void {
    for (let rounds = 0; rounds < 40; rounds++) {
      for (const sale of this.sales) this.#hear(sale)
      for (let held = 0; held < this.sales.length; held++) this.hold(0)
      while (this.#told.length > 0) this.arriveCount(0)
      for (const index of this.shops.keys()) {
        this.begin(index)
        this.arrive(index)
        this.answer(index)
      }
      for (const index of this.shops.keys()) this.look(index)
      while (this.#looks.length > 0) this.tell(0)
      this.wait(SETTLE_MS + 1)
    }
  }

  #begin(shop: Shop): void {
    const { offers } = this.ledger.tell({ kind: 'begun', channel: shop.id })
    const { quantity, expected } = offers[shop.id]?.sent ?? {}
    if (quantity !== undefined) this.#replace({ ...shop, flight: { quantity, expected, arrived: false } })
  }

  #replace(shop: Shop): void {
    this.shops[this.shops.findIndex(({ id }) => id === shop.id)] = shop
  }

  #hear(sale: Sale): void {
    const isNews = !sale.isHeard
    sale.isHeard = true
    const quantity = sale.isCancelled ? 0 : sale.quantity
    const before = sale.noted > 0 ? { quantity: sale.noted, direct: sale.noted } : undefined
    const wish = { order: sale.id, channel: sale.shop, quantity, direct: quantity, before, isOld: false }
    const at = this.ledger.now
    this.ledger.tell({ kind: 'ordered', wish: { ...wish, at, endsAt: at + 72 * 3_600_000 } })
    sale.noted = quantity
    if (!isNews || !sale.isCancelled || !sale.isHeld) return
    this.#inErp += sale.quantity
    this.#tell()
    this.ledger.now++
    this.ledger.tell({ kind: 'held', order: sale.id, source: 'erp', at: this.ledger.now })
  }

  #tell(): void {
    this.#told.push({ available: this.#inErp, at: this.ledger.now })
  }
}
