import { chargeArrays } from './charge.ts'
import { isNumber, truthy } from './operators.ts'
import type { Run } from './run.ts'
import { flattenResults, isArray, isSequence, one, type Sequence, sequenceOf } from './sequence.ts'
import { NO_QUICK } from './values.ts'

export type Evaluate = (context: unknown) => unknown

/** A field of a value as JSONata sees it: own members of objects, and of every item of an array. */
export function field(run: Run, value: unknown, name: string): unknown {
  if (!isArray(value)) return own(value, name)
  run.spend(value.length)
  const found: unknown[] = []
  for (const item of value) {
    const result = field(run, item, name)
    if (isArray(result)) for (const member of result) found.push(member)
    else if (result !== undefined) found.push(result)
  }
  return sequenceOf(found)
}

/** Only what the data itself holds: no `constructor`, no `length`. */
export const own = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && !isArray(value) && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined

/** The items that a path starts from; over none of them its first step gives the empty sequence. */
export const enter = (context: unknown): Sequence =>
  isArray(context) && context.length > 0 ? context : sequenceOf(isArray(context) ? [] : [context])

/** One step of a path over all items; nothing left stops the path. */
export function step(
  run: Run,
  items: Sequence | undefined,
  evaluate: Evaluate,
  last: boolean,
): Sequence | undefined {
  if (items === undefined || items.length === 0) return items
  // A block as first step may give a single value: the reference then finds no items in it.
  if (!isArray(items)) return sequenceOf([])
  run.spend(items.length)
  const results: unknown[] = []
  for (const item of items) {
    const result = evaluate(item)
    if (result !== undefined) results.push(result)
  }
  const [only] = results
  return last && results.length === 1 && isArray(only) && !isSequence(only) ? only : flattenResults(results)
}

/** The end of a path with `[]`. */
export function keepSingleton(result: Sequence | undefined): Sequence | undefined {
  if (!isArray(result)) return result
  const kept = result.cons && !result.sequence ? sequenceOf([result]) : result
  if (kept.sequence) kept.keepSingleton = true
  return kept
}

/** A chain of names, each with an optional constant position, over the items of an array. */
export interface NameStep {
  name: string
  at: number | null
}

/** The rest of a chain of names from `from` on, where an array came up: `items` are its members. */
export function names(run: Run, items: Sequence, steps: readonly NameStep[], from: number): unknown {
  if (items.length === 0) return undefined
  const quick = from === steps.length - 1 ? members(run, items, steps[from]!) : NO_QUICK
  if (quick !== NO_QUICK) return quick
  let current: Sequence = items.cons ? sequenceOf([items]) : items
  for (let index = from; index < steps.length; index++) {
    const { name, at } = steps[index]!
    const next = step(
      run,
      current,
      item => position(one(field(run, item, name)), at),
      index === steps.length - 1,
    )
    if (next === undefined || next.length === 0) return one(next)
    current = next
  }
  return one(current)
}

/** The last name over plain objects whose members are no arrays: nothing flattens, so one loop does. */
function members(run: Run, items: Sequence, { name, at }: NameStep): unknown {
  if (at !== null || items.cons) return NO_QUICK
  const found: unknown[] = []
  for (const item of items) {
    if (typeof item !== 'object' || item === null) continue
    if (isArray(item)) return NO_QUICK
    if (!Object.hasOwn(item, name)) continue
    const value = (item as Record<string, unknown>)[name]
    if (isArray(value)) return NO_QUICK
    if (value !== undefined) found.push(value)
  }
  run.spend(items.length)
  return found.length > 1 ? sequenceOf(found) : found[0]
}

const position = (value: unknown, at: number | null): unknown => (at === null ? value : itemAt(value, at))

/** `value[n]` of a step: negative positions count from the end, a single value is at 0. */
export function itemAt(value: unknown, at: number): unknown {
  if (isArray(value)) return value[at < 0 ? value.length + at : at]
  return at === 0 || at === -1 ? value : undefined
}

/** The value at the end of a chain of names over plain objects; only a sequence that was built before flattens. */
export const ended = (value: unknown): unknown => (isSequence(value) ? one(flattenResults([value])) : value)

/** `value[number]` */
export function filterAt(value: unknown, at: number): Sequence {
  const items = isArray(value) ? value : [value]
  const item = items[at < 0 ? items.length + at : at]
  if (item === undefined) return tupled(sequenceOf([]), value)
  return isArray(item) ? item : tupled(sequenceOf([item]), value)
}

/** `value[predicate]`: numbers are positions, anything else is asked whether it holds. */
export function filter(run: Run, value: unknown, predicate: Evaluate): Sequence {
  const items = isArray(value) ? value : [value]
  run.spend(items.length)
  const kept: unknown[] = []
  for (let index = 0; index < items.length; index++) {
    const times = matches(run, predicate(items[index]), { index, length: items.length })
    for (let n = 0; n < times; n++) kept.push(items[index])
  }
  return tupled(sequenceOf(kept), value)
}

interface Position {
  index: number
  length: number
}

/** How often the item at `index` is taken: a list of positions may name it twice. */
export function matches(run: Run, result: unknown, { index, length }: Position): number {
  if (typeof result === 'boolean') return result ? 1 : 0
  const positions = typeof result === 'number' && !Number.isNaN(result) ? [result] : result
  if (!isArray(positions) || !positions.every(isNumber)) return truthy(run, result) ? 1 : 0
  return positions.filter(at => Math.floor(at as number) + ((at as number) < 0 ? length : 0) === index).length
}

function tupled(result: Sequence, source: unknown): Sequence {
  if (isArray(source) && source.tupleStream) result.tupleStream = true
  return result
}

/** All members; where one is an array the reference loses the mark of a sequence, so a single result stays an array. */
export function wildcard(run: Run, value: unknown): Sequence {
  const target = isArray(value) && value.outerWrapper && value.length > 0 ? value[0] : value
  if (typeof target !== 'object' || target === null) return sequenceOf([])
  const members = Object.values(target)
  run.spend(members.length)
  const found: unknown[] = []
  for (const member of members) {
    chargeArrays(run, member)
    if (isArray(member))
      for (const item of (member as unknown[]).flat(Number.POSITIVE_INFINITY)) found.push(item)
    else found.push(member)
  }
  return members.some(isArray) ? found : sequenceOf(found)
}

export function descendants(run: Run, value: unknown): unknown {
  if (value === undefined) return undefined
  const found: unknown[] = []
  collect(run, value, found)
  return found.length === 1 ? found[0] : sequenceOf(found)
}

function collect(run: Run, value: unknown, found: unknown[]): void {
  run.spend(1)
  if (!isArray(value)) found.push(value)
  if (typeof value !== 'object' || value === null) return
  for (const member of isArray(value) ? value : Object.values(value)) collect(run, member, found)
}
