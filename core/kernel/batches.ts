interface Waiting<Item, Result> {
  item: Item
  resolve(result: Result): void
  reject(error: unknown): void
}

/** What became of one item. */
export type Answer<Result> = { result: Result } | { error: unknown }

export interface BatchesOptions<Item, Result> {
  /** One call for all; throwing is the answer for each. */
  run(items: readonly Item[]): Promise<(index: number) => Answer<Result>>
  maxItems?: number
  /** Of the items of one call; their sizes are 0 unless told. */
  maxBytes?: number
  bytesOf?: (item: Item) => number
  /** Items of one record do not run in two calls at once: of those, nobody could tell which came first. */
  recordOf?: (item: Item) => string
  /** Calls under way at once; while they are, the next gathers what arrives. */
  maxRunning?: number
}

const MAX_ITEMS = 500

/** What is asked at the same time shares one call, and so one round trip. A call that never ends holds up those after it. */
export class Batches<Item, Result> {
  readonly #options: BatchesOptions<Item, Result>
  readonly #records = new Set<string>()
  #waiting: Waiting<Item, Result>[] = []
  #running = 0
  #woken = false

  constructor(options: BatchesOptions<Item, Result>) {
    this.#options = options
  }

  ask(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject })
      this.#wake()
    })
  }

  /** Not at once: what is asked in the same turn of the loop belongs together. */
  #wake(): void {
    if (this.#woken) return
    this.#woken = true
    setImmediate(() => {
      this.#woken = false
      while (this.#running < (this.#options.maxRunning ?? 1)) {
        const batch = this.#next()
        if (batch.length === 0) return
        void this.#run(batch)
      }
    })
  }

  #next(): Waiting<Item, Result>[] {
    const { maxItems = MAX_ITEMS, maxBytes = Number.POSITIVE_INFINITY, bytesOf = () => 0 } = this.#options
    const [batch, left]: Waiting<Item, Result>[][] = [[], []]
    let bytes = 0
    for (const one of this.#waiting) {
      const size = bytesOf(one.item)
      const fits = batch!.length === 0 || (batch!.length < maxItems && bytes + size <= maxBytes)
      if (fits && !this.#isRunning(one.item)) {
        batch!.push(one)
        bytes += size
      } else left!.push(one)
    }
    this.#waiting = left!
    return batch!
  }

  #isRunning(item: Item): boolean {
    const record = this.#options.recordOf?.(item)
    return record !== undefined && this.#records.has(record)
  }

  async #run(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    const items = batch.map(({ item }) => item)
    const records = this.#options.recordOf ? items.map(this.#options.recordOf) : []
    this.#running++
    for (const record of records) this.#records.add(record)
    const answers = await this.#options.run(items).catch((error: unknown) => () => ({ error }))
    for (const record of records) this.#records.delete(record)
    this.#running--
    batch.forEach(({ resolve, reject }, index) => {
      const answer = answers(index)
      if ('error' in answer) reject(answer.error)
      else resolve(answer.result)
    })
    this.#wake()
  }
}
