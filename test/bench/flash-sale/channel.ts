import type { Timeline } from './timeline.ts'

export interface Write {
  sku: number
  quantity: number
  expected?: number
  /** When the change behind it was known. */
  askedAt: number
}

/** Where a channel's writes come from, and who is told how they ended. */
export interface Writer {
  /** What is to be written now; what it hands out counts as sent. */
  next(channel: number, limit: number): Write[]
  confirmed(channel: number, write: Write, found: number | undefined): void
  lost(channel: number, write: Write): void
}

export interface ChannelOptions {
  id: number
  compares: boolean
  timeline: Timeline
  random: () => number
  writer: Writer
  onWritten(latencyMs: number): void
}

const BATCH = 100
const LOST_ANSWERS = 0.002
const RETRY_MS = 1_000

/** A shop with its own counters, one call at a time of up to a hundred figures. */
export class Channel {
  readonly shows = new Map<number, number>()
  readonly #options: ChannelOptions
  #isCalling = false

  constructor(options: ChannelOptions) {
    this.#options = options
  }

  /** There may be something to write. */
  wake(): void {
    if (this.#isCalling) return
    const { writer, id, timeline, random } = this.#options
    const writes = writer.next(id, BATCH)
    if (writes.length === 0) return
    this.#isCalling = true
    const way = 40 + random() * 80
    timeline.after(way, () => {
      const answers = writes.map(write => ({ write, found: this.#apply(write) }))
      timeline.after(way, () => {
        this.#isCalling = false
        for (const { write, found } of answers) this.#answer(write, found)
        this.wake()
      })
    })
  }

  #apply({ sku, quantity, expected, askedAt }: Write): number | undefined {
    const { compares, timeline, onWritten } = this.#options
    const found = this.shows.get(sku) ?? 0
    const missing = compares ? Math.max(0, (expected ?? found) - found) : 0
    this.shows.set(sku, Math.max(0, quantity - missing))
    onWritten(timeline.now - askedAt)
    return compares ? found : undefined
  }

  #answer(write: Write, found: number | undefined): void {
    const { id, writer, random, timeline } = this.#options
    if (random() >= LOST_ANSWERS) writer.confirmed(id, write, found)
    else {
      writer.lost(id, write)
      timeline.after(RETRY_MS, () => this.wake())
    }
  }
}
