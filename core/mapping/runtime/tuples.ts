import { filter, filterAt, matches } from './path.ts'
import type { Run } from './run.ts'
import { append, isArray, NO_TUPLE, type Sequence, sequenceOf, type Tuple } from './sequence.ts'

/** Evaluates in the context of a tuple's value, with its variables at hand. */
export type EvaluateTuple = (context: unknown, tuple: Tuple) => unknown

/** Where a tuple keeps its value. */
const VALUE = '@'

export interface TupleStep {
  /** `@$name` */
  focus?: string
  /** `#$name` */
  index?: string
  /** Name under which `%` finds the value before the step. */
  parent?: string
}

const newTuple = (from?: Tuple): Tuple => Object.assign(Object.create(null) as Tuple, from)

function stream(tuples: Tuple[]): Sequence {
  const result = sequenceOf(tuples)
  result.tupleStream = true
  return result
}

/** Items become tuples that bind nothing yet. */
export function toTuples(items: Sequence | undefined): Sequence {
  return stream((items ?? []).map(item => Object.assign(newTuple(), { [VALUE]: item })))
}

/** One step over a stream: a tuple for every result, with what the step binds. */
export function tupleStep(run: Run, tuples: Sequence, binds: TupleStep, evaluate: EvaluateTuple): Sequence {
  run.spend(tuples.length)
  const out: Tuple[] = []
  for (const tuple of tuples as Tuple[]) {
    const result = evaluate(tuple[VALUE], tuple)
    if (result === undefined) continue
    const items: Sequence = isArray(result) ? result : [result]
    run.spend(items.length)
    for (let index = 0; index < items.length; index++) {
      out.push(
        items.tupleStream
          ? newTuple({ ...tuple, ...(items[index] as Tuple) })
          : bound(tuple, items[index], index, binds),
      )
    }
  }
  return stream(out)
}

function bound(tuple: Tuple, value: unknown, index: number, binds: TupleStep): Tuple {
  const next = newTuple(tuple)
  if (binds.focus !== undefined) next[binds.focus] = value
  else next[VALUE] = value
  if (binds.index !== undefined) next[binds.index] = index
  if (binds.parent !== undefined) next[binds.parent] = tuple[VALUE]
  return next
}

/** `#$name` behind a filter: numbers the tuples that are left. */
export function tupleIndex(tuples: Sequence, name: string): Sequence {
  for (const [index, tuple] of (tuples as Tuple[]).entries()) tuple[name] = index
  return tuples
}

export const tupleAt = (tuples: Sequence, at: number): Sequence => filterAt(tuples, at)

/** Sorted tuples are no stream any more: the reference then asks with the tuple itself as context. */
export function tupleFilter(run: Run, tuples: unknown, predicate: EvaluateTuple): Sequence {
  if (!isArray(tuples) || !tuples.tupleStream) return filter(run, tuples, tuple => predicate(tuple, NO_TUPLE))
  run.spend(tuples.length)
  const kept: Tuple[] = []
  for (const [index, tuple] of (tuples as Tuple[]).entries()) {
    const times = matches(run, predicate(tuple[VALUE], tuple), { index, length: tuples.length })
    for (let n = 0; n < times; n++) kept.push(tuple)
  }
  return stream(kept)
}

/** The values of a stream, without what was bound. */
export const tupleValues = (tuples: Sequence): Sequence =>
  sequenceOf((tuples as Tuple[]).map(tuple => tuple[VALUE]))

/** `^(…)#$name` as the first step that makes tuples. */
export function numbered(items: Sequence | undefined, name: string): Sequence {
  return stream(
    (items ?? []).map((item, index) => Object.assign(newTuple(), { [VALUE]: item, [name]: index })),
  )
}

/** The tuples of one group as one: every variable holds all its values. */
export function mergeTuples(tuples: unknown): Tuple {
  if (!isArray(tuples)) return newTuple(tuples as Tuple)
  const [first, ...rest] = tuples as Tuple[]
  const merged = newTuple(first)
  for (const tuple of rest)
    for (const name of Object.keys(tuple)) merged[name] = append(merged[name], tuple[name])
  return merged
}
