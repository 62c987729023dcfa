/** Bounds how long one turn of the event loop may take. */
const MOST_EXPRESS = 256
/** While orders come: whoever arrives meanwhile waits for the whole transaction. */
const MOST_BESIDE_ORDERS = 16
const MOST_BULK = 128
/** Rows of bulk that go along with an order's: they cost less than the disk takes for the order's own. */
const PASSENGERS = 6
/** The next write of an order follows within so many milliseconds; until then bulk is held. */
const QUIET_MS = 5
/** But no longer than this, or a busy day would starve it. */
const HELD_MS = 50
/** Where no order has come for so long, a larger transaction hardly meets one. */
const CALM_MS = 500

/**
 * Who waits to be written: express before bulk, and bulk only while no order is on its way, or after it waited long enough.
 * An order takes a handful of writes, and each would else stand behind a transaction of bulk.
 */
export class Lanes<T> {
  readonly #express: T[] = []
  readonly #bulk: T[] = []
  readonly #onReady: () => void
  readonly #quiet = new Delay(QUIET_MS, () => this.#onReady())
  readonly #calm = new Delay(CALM_MS, () => undefined)
  readonly #held = new Delay(HELD_MS, () => {
    this.#isDue = true
    this.#onReady()
  })
  #isDue = false
  #isOpen = false

  constructor(onReady: () => void) {
    this.#onReady = onReady
  }

  get isReady(): boolean {
    return this.#express.length > 0 || (this.#bulk.length > 0 && this.#mayBulk)
  }

  add(one: T, isBulk: boolean): void {
    if (isBulk) this.#bulk.push(one)
    else this.#express.push(one)
    if (this.#isOpen) return
    if (!isBulk) for (const delay of [this.#quiet, this.#calm]) delay.restart()
    this.#setDue()
  }

  /** The writes of the next transaction. */
  take(): T[] {
    const express = this.#express.splice(0, MOST_EXPRESS)
    const isBulkDue = this.#mayBulk && (express.length === 0 || this.#isDue || this.#isOpen)
    const most = !isBulkDue ? PASSENGERS : this.#calm.runs ? MOST_BESIDE_ORDERS : MOST_BULK
    const bulk = this.#bulk.splice(0, most)
    if (isBulkDue) this.#endDue()
    return [...express, ...bulk]
  }

  /** Nothing is held any more: the end is near. */
  open(): void {
    this.#isOpen = true
    for (const delay of [this.#quiet, this.#calm, this.#held]) delay.stop()
  }

  get #mayBulk(): boolean {
    return !this.#quiet.runs || this.#isDue || this.#isOpen
  }

  #setDue(): void {
    if (this.#bulk.length > 0 && this.#quiet.runs && !this.#isDue && !this.#held.runs) this.#held.restart()
  }

  #endDue(): void {
    this.#held.stop()
    this.#isDue = false
    if (!this.#isOpen) this.#setDue()
  }
}

/** A timer that can be asked whether it runs; it keeps no process alive. */
class Delay {
  readonly #ms: number
  readonly #onEnd: () => void
  #timer: NodeJS.Timeout | undefined

  constructor(ms: number, onEnd: () => void) {
    this.#ms = ms
    this.#onEnd = onEnd
  }

  get runs(): boolean {
    return this.#timer !== undefined
  }

  restart(): void {
    if (this.#timer) this.#timer.refresh()
    else
      this.#timer = setTimeout(() => {
        this.#timer = undefined
        this.#onEnd()
      }, this.#ms)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
