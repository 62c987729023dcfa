import { ExpressionError } from './expression-error.ts'
import type { Run } from './run.ts'
import { append, isArray, NO_TUPLE, type Tuple } from './sequence.ts'
import { mergeTuples } from './tuples.ts'

type Part = (context: unknown, tuple: Tuple) => unknown

/** Names that the reference keeps for itself. */
const RESERVED = new Set(['_jsonata_lambda', '_jsonata_function'])

/** `{key: value, …}` over a value: items of equal key are one member, whose value sees them all. */
export function group(
  run: Run,
  value: unknown,
  pairs: readonly (readonly [Part, Part])[],
  position: number,
): unknown {
  const tuples = isArray(value) && value.tupleStream === true
  const items = !isArray(value) ? [value] : value.length === 0 && !tuples ? [undefined] : value
  run.spend(items.length * pairs.length)
  const groups: Groups = new Map()
  for (const item of items) {
    for (const [pair, [keyOf]] of pairs.entries()) {
      const key = tuples ? keyOf((item as Tuple)['@'], item as Tuple) : keyOf(item, NO_TUPLE)
      if (key !== undefined)
        addTo(groups, checkedKey(key, position), { data: item, pair, own: false }, position)
    }
  }
  return valuesOf(run, groups, pairs, tuples)
}

function checkedKey(key: unknown, position: number): string {
  if (typeof key !== 'string') throw new ExpressionError('T1003', { position, value: key })
  if (RESERVED.has(key)) throw new ExpressionError('D1013', { position, value: key })
  return key
}

interface Entry {
  data: unknown
  pair: number
  /** `data` is an array made here, so it may grow in place: a group of n items costs n, not n². */
  own: boolean
}

type Groups = Map<string, Entry>

function addTo(groups: Groups, key: string, entry: Entry, position: number): void {
  const known = groups.get(key)
  if (!known) groups.set(key, entry)
  else if (known.pair !== entry.pair) throw new ExpressionError('D1009', { position, value: key })
  else join(known, entry.data)
}

function join(entry: Omit<Entry, 'pair'>, item: unknown): void {
  if (item === undefined) return
  if (!entry.own) {
    entry.own = entry.data !== undefined
    entry.data = append(entry.data, item)
  } else if (isArray(item)) for (const member of item) (entry.data as unknown[]).push(member)
  else (entry.data as unknown[]).push(item)
}

function valuesOf(
  run: Run,
  groups: Groups,
  pairs: readonly (readonly [Part, Part])[],
  tuples: boolean,
): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const [key, { data, pair }] of groups) {
    const evaluate = pairs[pair]![1]
    const value = tuples ? ofTuples(data, evaluate) : evaluate(data, NO_TUPLE)
    run.spend(1)
    if (value !== undefined) setMember(result, key, value)
  }
  return result
}

function ofTuples(data: unknown, evaluate: Part): unknown {
  const { '@': context, ...variables } = mergeTuples(data)
  return evaluate(context, variables)
}

/** Sets a member whatever its name: `__proto__` becomes plain data. */
export function setMember(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') target[key] = value
  else Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
}

/** An object constructor whose keys are constant: members in order, absent ones left out. */
export function object(
  run: Run,
  value: unknown,
  keys: readonly string[],
  valuesFor: (context: unknown) => unknown[],
): unknown {
  const context = isArray(value) ? groupedContext(run, value) : value
  const values = valuesFor(context)
  const result: Record<string, unknown> = {}
  for (let index = 0; index < keys.length; index++) {
    if (values[index] !== undefined) setMember(result, keys[index]!, values[index])
  }
  return result
}

/** All items of the input make one group, because the keys do not depend on them. */
function groupedContext(run: Run, items: unknown[]): unknown {
  run.spend(items.length)
  const entry = { data: items[0] as unknown, own: false }
  for (const item of items.slice(1)) join(entry, item)
  return entry.data
}
