import { IndexedHeap, type Placed } from '#core/queue/embedded/indexed-heap.ts'

interface Event extends Placed {
  at: number
  order: number
  run: () => void
}

/** A clock of events: each is run at its time, in order; what is due at once, in the order it was asked for. */
export class Timeline {
  now = 0
  readonly #events = new IndexedHeap<Event>((a, b) => a.at - b.at || a.order - b.order)
  #asked = 0

  after(delayMs: number, run: () => void): void {
    this.#events.push({ at: this.now + delayMs, order: this.#asked++, run, place: -1 })
  }

  run(): void {
    for (let event = this.#events.peek(); event; event = this.#events.peek()) {
      this.#events.remove(event)
      this.now = event.at
      event.run()
    }
  }
}
