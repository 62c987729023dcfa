/** Both bound how long one turn of the event loop may take. */
const MOST_EXPRESS = 256
const MOST_BULK = 128
/** The next write of an order follows within so many milliseconds; until then bulk is held. */
const QUIET_MS = 5
/** But no longer than this, or a busy day would starve it: as long as the writes of one order take, so that few meet it. */
const HELD_MS = 12

/**
 * Who waits to be written: express before bulk, and bulk only while no order is on its way, or after it waited long enough.
 * An order takes a handful of writes: even a few of bulk that went along with each would double its way.
 */
export class Lanes<T> {
  readonly #express: T[] = []
  readonly #bulk: T[] = []
  readonly #onReady: () => void
  readonly #quiet = new Delay(QUIET_MS, () => this.#onReady())
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
    if (!isBulk) this.#quiet.restart()
    if (this.#bulk.length > 0 && !this.#mayBulk && !this.#held.runs) this.#held.restart()
  }

  /** The writes of the next transaction, those of bulk last. */
  take(): T[] {
    const express = this.#express.splice(0, MOST_EXPRESS)
    if (!this.#mayBulk) return express
    this.#held.stop()
    this.#isDue = false
    return [...express, ...this.#bulk.splice(0, MOST_BULK)]
  }

  /** Those that were taken and are yet to be written, in their order. */
  giveBack(bulk: readonly T[]): void {
    this.#bulk.unshift(...bulk)
  }

  /** Nothing is held any more: the end is near. */
  open(): void {
    this.#isOpen = true
    for (const delay of [this.#quiet, this.#held]) delay.stop()
  }

  get #mayBulk(): boolean {
    return !this.#quiet.runs || this.#isDue || this.#isOpen
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
