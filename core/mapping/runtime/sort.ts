import { ExpressionError } from './expression-error.ts'
import type { Run } from './run.ts'
import { isArray, NO_TUPLE, type Sequence, type Tuple } from './sequence.ts'

/** The reference's merge sort: stable, and the same answer for a comparator that contradicts itself. */
export function mergeSort(
  run: Run,
  items: unknown[],
  swap: (left: unknown, right: unknown) => unknown,
): unknown[] {
  if (items.length <= 1) return items
  run.spend(items.length)
  const middle = Math.floor(items.length / 2)
  const left = mergeSort(run, items.slice(0, middle), swap)
  const right = mergeSort(run, items.slice(middle), swap)
  const merged: unknown[] = []
  let [l, r] = [0, 0]
  while (l < left.length && r < right.length) merged.push(swap(left[l], right[r]) ? right[r++] : left[l++])
  while (l < left.length) merged.push(left[l++])
  while (r < right.length) merged.push(right[r++])
  return merged
}

type Term = (context: unknown, tuple: Tuple) => unknown

export interface Order {
  terms: readonly Term[]
  /** One flag a term. */
  descending: readonly boolean[]
  position: number
}

/** `^(term, >term)` over items or tuples. The result is an array, no sequence. */
export function sort(run: Run, items: Sequence | undefined, order: Order): Sequence | undefined {
  if (!isArray(items) || items.length <= 1) return items
  const tuples = items.tupleStream === true
  const keyed = items.map(item => new Keyed(item, tuples ? (item as Tuple) : NO_TUPLE, order.terms))
  const comesAfter = (left: unknown, right: unknown) => compare(left as Keyed, right as Keyed, order) > 0
  return mergeSort(run, keyed, comesAfter).map(entry => (entry as Keyed).item)
}

/** An item with its sort keys, each computed when a comparison first needs it. */
class Keyed {
  readonly item: unknown
  readonly #tuple: Tuple
  readonly #terms: readonly Term[]
  readonly #keys: unknown[] = []

  constructor(item: unknown, tuple: Tuple, terms: readonly Term[]) {
    this.item = item
    this.#tuple = tuple
    this.#terms = terms
  }

  key(index: number): unknown {
    while (this.#keys.length <= index) {
      const context = this.#tuple === NO_TUPLE ? this.item : this.#tuple['@']
      this.#keys.push(this.#terms[this.#keys.length]!(context, this.#tuple))
    }
    return this.#keys[index]
  }
}

function compare(left: Keyed, right: Keyed, { descending, position }: Order): number {
  for (let index = 0; index < descending.length; index++) {
    const order = compareKeys(left.key(index), right.key(index), position)
    if (order === ABSENT_LAST || order === -ABSENT_LAST) return order
    if (order !== 0) return descending[index] ? -order : order
  }
  return 0
}

/** Absent keys come last, whichever the direction. */
const ABSENT_LAST = 2

function compareKeys(left: unknown, right: unknown, position: number): number {
  if (left === undefined || right === undefined)
    return left === right ? 0 : left === undefined ? ABSENT_LAST : -ABSENT_LAST
  const sortable = (value: unknown) => typeof value === 'string' || typeof value === 'number'
  if (!sortable(left) || !sortable(right))
    throw new ExpressionError('T2008', { position, value: sortable(left) ? right : left })
  if (typeof left !== typeof right) throw new ExpressionError('T2007', { position, value: left })
  return left === right ? 0 : (left as string) < (right as string) ? -1 : 1
}
