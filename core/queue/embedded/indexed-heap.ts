/** An item knows its place in the heap, so that it can be moved or taken out in O(log n). -1 outside. */
export interface Placed {
  place: number
}

/** Binary min-heap in an array. */
export class IndexedHeap<T extends Placed> {
  readonly #items: T[] = []
  readonly #compare: (a: T, b: T) => number

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare
  }

  get size(): number {
    return this.#items.length
  }

  /** The least item. */
  peek(): T | undefined {
    return this.#items[0]
  }

  /** A leaf: not the greatest item, but one that no other waits behind. */
  last(): T | undefined {
    return this.#items.at(-1)
  }

  push(item: T): void {
    this.#put(item, this.#items.length)
    this.#rise(item)
  }

  remove(item: T): void {
    const last = this.#items.pop()!
    if (last !== item) {
      this.#put(last, item.place)
      this.moved(last)
    }
    item.place = -1
  }

  /** To be called after what the item is compared by has changed. */
  moved(item: T): void {
    this.#rise(item)
    this.#sink(item)
  }

  #rise(item: T): void {
    while (item.place > 0) {
      const parent = this.#items[(item.place - 1) >> 1]!
      if (this.#compare(parent, item) <= 0) return
      this.#swap(parent, item)
    }
  }

  #sink(item: T): void {
    for (;;) {
      const left = this.#items[2 * item.place + 1]
      const right = this.#items[2 * item.place + 2]
      const child = right && left && this.#compare(right, left) < 0 ? right : left
      if (!child || this.#compare(item, child) <= 0) return
      this.#swap(item, child)
    }
  }

  #swap(a: T, b: T): void {
    const place = a.place
    this.#put(a, b.place)
    this.#put(b, place)
  }

  #put(item: T, place: number): void {
    this.#items[place] = item
    item.place = place
  }
}
