import { channelRule, stockRule } from '../../support/stock-market.ts'
import { quantile } from '../quantile.ts'
import { Channel } from './channel.ts'
import { Timeline } from './timeline.ts'
import { Copied, Guarded, type Hub } from './writers.ts'

export type Policy = 'guarded' | 'copied'

export interface FlashSaleResult {
  orders: number
  /** Units sold that nobody has. */
  oversold: number
  /** Units sold, of those that could have been. */
  soldShare: number
  p50Ms: number
  p99Ms: number
  /** What every change would have written to every channel ÷ what was written. */
  conflation: number
}

const SKUS = 50
const BUYERS = 10_000
const SALE_MS = 180_000
const FILL_MS = 10_000
/** The first two compare and swap, the others write over what is there. */
const COMPARES = [true, true, false, false]
const ERP_MS = 2_000
const OUTAGE = { from: FILL_MS + 60_000, to: FILL_MS + 120_000 }
const SETTLE_SECONDS = 10
/** Of what buyers ask for on average, there is this much. */
const STOCKED = 0.6

interface Sale {
  id: string
  channel: number
  sku: number
  quantity: number
}

/** One sale from the first figure to the last answer, in simulated time. */
export class FlashSale {
  readonly #random: () => number
  readonly #timeline = new Timeline()
  readonly #hub: Hub
  readonly #channels: Channel[]
  readonly #stock: number[]
  readonly #inErp: number[]
  readonly #sold: number[]
  readonly #asked: number[]
  readonly #latencies: number[] = []
  readonly #heard = new Set<string>()
  readonly #demand: number[]
  #orders = 0
  #changes = 0

  constructor({ policy, random }: { policy: Policy; random: () => number }) {
    this.#random = random
    const weights = Array.from({ length: SKUS }, (_, rank) => 1 / (rank + 1))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    this.#demand = weights.map(weight => weight / total)
    this.#stock = this.#demand.map(part => Math.ceil(part * BUYERS * STOCKED))
    this.#inErp = [...this.#stock]
    this.#sold = this.#stock.map(() => 0)
    this.#asked = this.#stock.map(() => 0)
    const parts = {
      timeline: this.#timeline,
      channels: COMPARES.length,
      wake: (channel: number) => this.#channels[channel]!.wake(),
    }
    this.#hub = policy === 'guarded' ? new Guarded({ ...parts, rule: RULE }) : new Copied(parts)
    this.#channels = COMPARES.map(
      (compares, id) =>
        new Channel({
          ...{ id, compares, random, timeline: this.#timeline, writer: this.#hub },
          onWritten: ms => this.#latencies.push(ms),
        }),
    )
  }

  run(): FlashSaleResult {
    for (let sku = 0; sku < SKUS; sku++) this.#tellCount(sku)
    for (let buyer = 0; buyer < BUYERS; buyer++)
      this.#timeline.after(FILL_MS + this.#random() * SALE_MS, () => this.#buy(buyer))
    this.#timeline.run()
    const sum = (units: readonly number[]) => units.reduce((total, one) => total + one, 0)
    return {
      orders: this.#orders,
      oversold: sum(this.#sold.map((units, sku) => Math.max(0, units - this.#stock[sku]!))),
      soldShare: sum(this.#sold) / sum(this.#stock.map((units, sku) => Math.min(units, this.#asked[sku]!))),
      p50Ms: quantile(this.#latencies, 0.5),
      p99Ms: quantile(this.#latencies, 0.99),
      conflation: (this.#changes * COMPARES.length) / this.#latencies.length,
    }
  }

  #buy(buyer: number): void {
    const sku = this.#drawSku()
    const quantity = this.#random() < 0.1 ? 2 : 1
    const id = Math.floor(this.#random() * COMPARES.length)
    const channel = this.#channels[id]!
    this.#asked[sku]! += quantity
    const shows = channel.shows.get(sku) ?? 0
    if (shows < quantity) return
    channel.shows.set(sku, shows - quantity)
    this.#sold[sku]! += quantity
    this.#orders++
    const sale = { id: `order:${buyer}`, channel: id, sku, quantity }
    const late = () => Math.min(5_000, 100 - 700 * Math.log(1 - this.#random()))
    this.#timeline.after(late(), () => this.#hear(sale))
    if (this.#random() < 0.1) this.#timeline.after(late(), () => this.#hear(sale))
  }

  #hear(sale: Sale): void {
    this.#hub.ordered(sale)
    if (this.#heard.has(sale.id)) return
    this.#heard.add(sale.id)
    this.#changes++
    this.#sendToErp(sale)
  }

  #sendToErp(sale: Sale): void {
    const { now } = this.#timeline
    const isAway = now >= OUTAGE.from && now < OUTAGE.to
    // What waited comes in a burst, as the retries allow.
    const wait = isAway ? OUTAGE.to - now + this.#random() * 5_000 : 0
    this.#timeline.after(wait + ERP_MS / 2, () => {
      this.#inErp[sale.sku]! -= sale.quantity
      this.#changes++
      this.#tellCount(sale.sku)
      this.#timeline.after(ERP_MS / 2, () => this.#hub.held(sale))
    })
  }

  #tellCount(sku: number): void {
    const [available, at] = [this.#inErp[sku]!, this.#timeline.now]
    this.#timeline.after(100 + this.#random() * 400, () => this.#hub.counted(sku, available, at))
  }

  #drawSku(): number {
    let left = this.#random()
    for (const [sku, part] of this.#demand.entries()) {
      left -= part
      if (left < 0) return sku
    }
    return SKUS - 1
  }
}

const RULE = stockRule({
  settleSeconds: SETTLE_SECONDS,
  channels: Object.fromEntries(COMPARES.map((_, id) => [`channel-${id}`, channelRule()])),
})
