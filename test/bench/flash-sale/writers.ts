import type { StockItem } from '#core/contracts/store.ts'
import { newItem, reduceItem, type StockEvent } from '#core/inventory/ledger.ts'
import type { StockRule } from '#core/inventory/rule.ts'
import type { Write, Writer } from './channel.ts'
import type { Timeline } from './timeline.ts'

/** What the hub does with what it hears. */
export interface Hub extends Writer {
  counted(sku: number, available: number, at: number): void
  ordered(order: { id: string; channel: number; sku: number; quantity: number }): void
  held(order: { id: string; sku: number }): void
}

const channelId = (channel: number): string => `channel-${channel}`
const HOUR_MS = 3_600_000

/** The ledger, as the hub keeps it. */
export class Guarded implements Hub {
  readonly #items = new Map<number, StockItem>()
  readonly #asked = new Map<number, Set<number>>()
  readonly #rule: StockRule
  readonly #timeline: Timeline
  readonly #wake: (channel: number) => void
  readonly #channels: number
  readonly #heard = new Set<string>()
  /** When an item is looked at again. */
  readonly #looks = new Map<number, number>()

  constructor(parts: {
    rule: StockRule
    timeline: Timeline
    channels: number
    wake: (channel: number) => void
  }) {
    this.#rule = parts.rule
    this.#timeline = parts.timeline
    this.#wake = parts.wake
    this.#channels = parts.channels
  }

  counted(sku: number, available: number, at: number): void {
    this.#tell(sku, { kind: 'counted', count: { source: 'erp', location: 'main', available, at } })
  }

  ordered({
    id,
    channel,
    sku,
    quantity,
  }: {
    id: string
    channel: number
    sku: number
    quantity: number
  }): void {
    const at = this.#timeline.now
    const wish = { order: id, channel: channelId(channel), quantity, direct: quantity, at, isOld: false }
    // The hub's notes: what was heard before and is counted by now is no news.
    const before = this.#heard.has(id) ? { quantity, direct: quantity } : undefined
    this.#heard.add(id)
    this.#tell(sku, { kind: 'ordered', wish: { ...wish, before, endsAt: at + HOUR_MS } })
  }
  held({ id, sku }: { id: string; sku: number }): void {
    this.#tell(sku, { kind: 'held', order: id, source: 'erp', at: this.#timeline.now })
  }

  next(channel: number, limit: number): Write[] {
    const asked = this.#asked.get(channel)
    const writes: Write[] = []
    for (const sku of [...(asked ?? [])].slice(0, limit)) {
      asked!.delete(sku)
      const askedAt = this.#items.get(sku)?.offers[channelId(channel)]?.askedAt ?? this.#timeline.now
      const { sent } = this.#tell(sku, { kind: 'begun', channel: channelId(channel) }).offers[
        channelId(channel)
      ]!
      if (sent) writes.push({ sku, quantity: sent.quantity, expected: sent.expected, askedAt })
    }
    return writes
  }

  confirmed(channel: number, { sku }: Write, found: number | undefined): void {
    this.#tell(sku, { kind: 'confirmed', channel: channelId(channel), found })
  }

  lost(channel: number, { sku }: Write): void {
    this.#tell(sku, { kind: 'lost', channel: channelId(channel), parked: false })
  }

  #tell(sku: number, event: StockEvent): StockItem {
    const { now } = this.#timeline
    const item = this.#items.get(sku) ?? newItem('acme', `SKU-${sku}`, now)
    const next = reduceItem(item, event, { rule: this.#rule, now })
    this.#items.set(sku, next)
    this.#lookAgain(sku, next)
    for (let channel = 0; channel < this.#channels; channel++) {
      const askedAt = next.offers[channelId(channel)]?.askedAt
      if (askedAt === undefined || askedAt === item.offers[channelId(channel)]?.askedAt) continue
      const asked = this.#asked.get(channel) ?? new Set()
      this.#asked.set(channel, asked.add(sku))
      this.#timeline.after(0, () => this.#wake(channel))
    }
    return next
  }

  /** As the sweep of what is due does it. */
  #lookAgain(sku: number, { nextAt }: StockItem): void {
    if (nextAt === null || (this.#looks.get(sku) ?? Number.POSITIVE_INFINITY) <= nextAt) return
    this.#looks.set(sku, nextAt)
    this.#timeline.after(nextAt - this.#timeline.now, () => {
      if (this.#looks.get(sku) !== nextAt) return
      this.#looks.delete(sku)
      this.#tell(sku, { kind: 'reviewed' })
    })
  }
}

/** What a plain integration does: whatever the ERP says, every channel is told. */
export class Copied implements Hub {
  readonly #figures = new Map<number, { available: number; at: number }>()
  readonly #asked = new Map<number, Map<number, number>>()
  readonly #timeline: Timeline
  readonly #channels: number
  readonly #wake: (channel: number) => void

  constructor(parts: { timeline: Timeline; channels: number; wake: (channel: number) => void }) {
    this.#timeline = parts.timeline
    this.#channels = parts.channels
    this.#wake = parts.wake
  }

  counted(sku: number, available: number, at: number): void {
    if ((this.#figures.get(sku)?.at ?? -1) > at) return
    this.#figures.set(sku, { available: Math.max(0, available), at })
    for (let channel = 0; channel < this.#channels; channel++) this.#ask(channel, sku)
  }

  ordered(): void {
    // The ERP will say so.
  }

  held(): void {
    // So it will of this.
  }

  next(channel: number, limit: number): Write[] {
    const asked = this.#asked.get(channel) ?? new Map<number, number>()
    return [...asked].slice(0, limit).map(([sku, askedAt]) => {
      asked.delete(sku)
      return { sku, quantity: this.#figures.get(sku)!.available, askedAt }
    })
  }

  confirmed(): void {
    // Written is written.
  }

  lost(channel: number, { sku }: Write): void {
    this.#ask(channel, sku)
  }

  #ask(channel: number, sku: number): void {
    const asked = this.#asked.get(channel) ?? new Map<number, number>()
    this.#asked.set(channel, asked)
    if (!asked.has(sku)) asked.set(sku, this.#timeline.now)
    this.#timeline.after(0, () => this.#wake(channel))
  }
}
