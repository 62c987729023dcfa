import type { Queue } from '../contracts/queue.ts'
import type { Delivery, StockItem, Store, StoredDocument } from '../contracts/store.ts'
import type { Telemetry } from '../contracts/telemetry.ts'
import type { Clock } from '../kernel/clock.ts'
import { stockId } from '../kernel/ids.ts'
import type { Probe } from '../kernel/probe.ts'
import { bundleFigures } from './bundle.ts'
import { countOf } from './count-of.ts'
import { askedBy, newItem, reduceItem, type StockEvent } from './ledger.ts'
import { note, readNotes } from './note.ts'
import { OWN_SOURCE, publish, skuOf } from './publish.ts'
import { readingIn, readingsOf } from './reading.ts'
import { bundlesWith, reservationMs, type StockRule, type StockRules, settleMs } from './rule.ts'
import { type LearntItem, learnItems, skuOfCount } from './stock-items.ts'
import { unitsOf } from './units.ts'

export interface StockDeps {
  store: Pick<Store, 'stock' | 'documents' | 'deliveries' | 'links'>
  queue: Pick<Queue, 'enqueue'>
  clock: Clock
  telemetry: Pick<Telemetry, 'count'>
  rules: StockRules
  /** Points between two steps at which tests end the process. */
  probe?: Probe
}

/** What a channel is to be written now. */
export interface StockWrite {
  quantity: number
  /** What it shows, unless it sold what the hub has not heard of. */
  expected?: number
  /** When the write that made it show that was confirmed. */
  since?: number
}

/** How a write ended that did not end well. */
export interface FailedWrite {
  /** It may have arrived. */
  lost: boolean
  /** Nobody will try again by himself. */
  parked: boolean
}

/**
 * The ledger as the engine sees it. Every step is safe to repeat, and what asks for it is settled only after it, so a
 * process may die anywhere.
 */
export interface StockKeeper {
  /** A document was stored, and its deliveries are about to be planned. */
  landed(document: StoredDocument): Promise<void>
  /** A delivery is about to be sent. `null`: there is nothing to write any more; `undefined`: not one of the ledger's. */
  begin(delivery: Delivery): Promise<StockWrite | null | undefined>
  /** A delivery was confirmed, and is about to be settled so. */
  confirmed(delivery: Delivery, document: StoredDocument, found?: number): Promise<void>
  failed(delivery: Delivery, how: FailedWrite): Promise<void>
  /** Looks again at items whose time has come; how many. */
  reviewDue(limit: number): Promise<number>
  /**
   * Has every channel that compares tell whether it shows what the ledger knows, and reads what the others last told of
   * themselves; a page at a time. Null: that was the last.
   */
  check(tenant: string, after?: string): Promise<string | null>
}

interface Change {
  before: StockItem | null
  after: StockItem | null
}

/** Items that one step of a compare looks at: their writes go out together. */
const CHECK_PAGE = 200

/** Nobody offers what was never counted, so its orders are nothing to remember; a bundle comes to be by its components. */
const makesItem = ({ kind }: StockEvent): boolean => kind === 'counted' || kind === 'reviewed'

/** The engine tries what failed again without being asked. */
const isRetriedBySelf = (event: StockEvent, channel: string): boolean =>
  (event.kind === 'lost' || event.kind === 'refused') && event.channel === channel

export function createStockKeeper(deps: StockDeps): StockKeeper {
  const { store, clock, telemetry, rules } = deps

  async function changed(
    rule: StockRule,
    sku: string,
    event: StockEvent,
    receivedAt = clock.now(),
  ): Promise<Change> {
    const now = clock.now()
    const figures = await bundleFigures(store, { rule, sku, now })
    let before: StockItem | null = null
    const { item: after, changed: isChanged } = await store.stock.change(
      stockId(rule.tenant, sku),
      stored => {
        before = stored
        const item = stored ?? (makesItem(event) ? newItem(rule.tenant, sku, now) : null)
        const next = item && reduceItem(item, event, { rule, now, figures })
        return next === item ? null : next
      },
    )
    if (!after || !isChanged) return { before, after }
    countDrifts(before, after)
    await deps.probe?.('stock:changed', after.id)
    const asked = askedBy(before, after).filter(channel => !isRetriedBySelf(event, channel))
    const publishing = { item: after, rule, receivedAt, again: event.kind === 'reviewed' }
    await Promise.all(asked.map(channel => publish(deps, { ...publishing, channel })))
    await deps.probe?.('stock:published', after.id)
    for (const bundle of bundlesWith(rule, sku)) await changed(rule, bundle, { kind: 'reviewed' }, receivedAt)
    return { before, after }
  }

  async function landedOrder(rule: StockRule, document: StoredDocument): Promise<void> {
    const at = clock.now()
    const notes = await readNotes(store.links, document.id)
    const units = unitsOf(document, rule)
    for (const sku of notes.keys()) if (!units.has(sku)) units.set(sku, { quantity: 0, direct: 0 })
    if (units.size === 0) return
    const shared = {
      ...{ order: document.id, channel: document.connection, at },
      endsAt: Math.max(document.createdAt + reservationMs(rule), notes.size > 0 ? at + settleMs(rule) : 0),
      isOld: notes.size === 0 && (await isHeldAnywhere(rule, document.id)),
    }
    for (const [sku, wanted] of units) {
      const before = notes.get(sku)
      const wish = { ...shared, ...wanted, before }
      const { after } = await changed(rule, sku, { kind: 'ordered', wish }, document.receivedAt)
      if (after) await note(store.links, { order: document.id, sku, wanted, before, at })
      await deps.probe?.('stock:noted', document.id)
    }
  }

  async function isHeldAnywhere({ sources }: StockRule, order: string): Promise<boolean> {
    const links = await Promise.all(sources.map(source => store.links.get(order, source)))
    return links.some(link => link !== null)
  }

  async function landedCount(rule: StockRule, document: StoredDocument): Promise<void> {
    const count = countOf(document, await skuOfCount(store.links, document, clock.now()))
    if (!count) return telemetry.count('stock_uncounted_total', { connection: document.connection })
    const { sku, ...counted } = count
    await changed(rule, sku, { kind: 'counted', count: counted }, document.receivedAt)
  }

  /** Counts anew what named only the stock item, now that its SKU is known; a former SKU has nothing there any more. */
  async function countItem(rule: StockRule, { documents, former }: LearntItem): Promise<void> {
    const told = await Promise.all(documents.map(id => store.documents.get(id)))
    for (const document of told.filter(one => one !== null)) {
      const gone = former === undefined ? null : countOf(document, former)
      if (gone) {
        const { sku, ...count } = { ...gone, available: 0, at: clock.now() }
        await changed(rule, sku, { kind: 'counted', count })
      }
      await landedCount(rule, document)
    }
  }

  async function orderHeld(rule: StockRule, delivery: Delivery, document: StoredDocument): Promise<void> {
    if (!rule.sources.includes(delivery.destination)) return
    const event = { kind: 'held', order: document.id, source: delivery.destination, at: clock.now() } as const
    for (const sku of unitsOf(document, rule).keys()) await changed(rule, sku, event)
  }

  function tell({ destination: connection }: Delivery, { before }: Change, found: number | undefined): void {
    const offer = before?.offers[connection]
    const expected = offer?.sent?.expected
    if (expected === undefined || found === undefined || found === expected) return
    telemetry.count('stock_differences_total', { connection, met: offer?.checking ? 'compare' : 'write' })
  }

  async function checked(rule: StockRule, item: StockItem): Promise<void> {
    const readings = await readingsOf(store, { item, rule })
    await changed(rule, item.sku, { kind: 'checked', readings })
  }

  /** What a channel that does not compare tells of itself settles what its last write left in doubt, long before the night. */
  async function landedReading(rule: StockRule, document: StoredDocument): Promise<void> {
    const reading = await readingIn(store, rule, document)
    if (!reading) return
    const event = { kind: 'told', channel: document.connection, reading } as const
    await changed(rule, reading.sku, event, document.receivedAt)
  }

  /** At channels that do not compare: of the others their answers tell. */
  function countDrifts(before: StockItem | null, after: StockItem): void {
    for (const [connection, { drift, compares }] of Object.entries(after.offers))
      if (!compares && drift && drift.at !== before?.offers[connection]?.drift?.at)
        telemetry.count('stock_differences_total', { connection, met: 'compare' })
  }

  return {
    async landed(document) {
      const rule = rules.get(document.tenant)
      if (!rule) return
      if (document.resource === 'order') return landedOrder(rule, document)
      await landedReading(rule, document)
      if (!rule.sources.includes(document.connection)) return
      const tell = (item: LearntItem) => countItem(rule, item)
      await learnItems(store.links, document, { at: clock.now(), tell })
      if (document.resource === 'inventory') await landedCount(rule, document)
    },
    async begin(delivery) {
      if (delivery.source !== OWN_SOURCE) return undefined
      const rule = rules.get(delivery.tenant)
      if (!rule?.channels[delivery.destination]) return null
      const { after } = await changed(rule, skuOf(delivery), { kind: 'begun', channel: delivery.destination })
      return after?.offers[delivery.destination]?.sent ?? null
    },
    async confirmed(delivery, document, found) {
      const rule = rules.get(delivery.tenant)
      if (!rule) return
      if (delivery.resource === 'order') return orderHeld(rule, delivery, document)
      if (delivery.source !== OWN_SOURCE) return
      const event = { kind: 'confirmed', channel: delivery.destination, found } as const
      tell(delivery, await changed(rule, skuOf(delivery), event), found)
    },
    async failed(delivery, { lost, parked }) {
      const rule = rules.get(delivery.tenant)
      if (!rule || delivery.source !== OWN_SOURCE) return
      const kind = lost ? 'lost' : 'refused'
      await changed(rule, skuOf(delivery), { kind, channel: delivery.destination, parked })
    },
    async reviewDue(limit) {
      const ids = await store.stock.due(clock.now(), limit)
      const items = await Promise.all(ids.map(id => store.stock.get(id)))
      for (const item of items) {
        const rule = item && rules.get(item.tenant)
        if (rule) await changed(rule, item.sku, { kind: 'reviewed' })
        else if (item) await store.stock.change(item.id, stored => stored && { ...stored, nextAt: null })
      }
      return ids.length
    },
    async check(tenant, after) {
      const rule = rules.get(tenant)
      if (!rule) return null
      const { items, next } = await store.stock.list({ tenant }, { limit: CHECK_PAGE, after })
      await Promise.all(items.map(item => checked(rule, item)))
      return next
    },
  }
}
