/**
 * JSONata's sequences are arrays with marks, as in the reference: a sequence of one is its item, an empty one is
 * nothing, and sequences flatten into each other while arrays of the data keep their shape at the end of a path.
 */
export interface Sequence extends Array<unknown> {
  sequence?: boolean
  /** One item stays an array (`[]` in the expression). */
  keepSingleton?: boolean
  /** Made by an array constructor in a path: not flattened. */
  cons?: boolean
  /** The items are tuples: a value and the variables bound beside it. */
  tupleStream?: boolean
  /** Holds an array that is the whole input. */
  outerWrapper?: boolean
}

export type Tuple = Record<string, unknown>

/** What is passed where nothing is bound beside the value. */
export const NO_TUPLE: Tuple = Object.freeze(Object.create(null) as Tuple)

export const isArray = (value: unknown): value is Sequence => Array.isArray(value)

export const isSequence = (value: unknown): value is Sequence => isArray(value) && value.sequence === true

export function sequenceOf(items: unknown[]): Sequence {
  const sequence: Sequence = items
  sequence.sequence = true
  return sequence
}

/** What an expression gives for its raw result: nothing, the one item, or the sequence. */
export function one(value: unknown): unknown {
  if (!isSequence(value) || value.tupleStream) return value
  if (value.length > 1) return value
  return value.length === 1 ? (value.keepSingleton ? value : value[0]) : undefined
}

/** The same for a node marked `[]`. */
export function oneKept(value: unknown): unknown {
  if (isSequence(value) && !value.tupleStream) value.keepSingleton = true
  return one(value)
}

/** An array as the whole input counts as one item. */
export function wrapInput(value: unknown): unknown {
  if (!isArray(value) || isSequence(value)) return value
  const wrapped = sequenceOf([value])
  wrapped.outerWrapper = true
  return wrapped
}

/** Results of a step, one level flattened. */
export function flattenResults(results: unknown[]): Sequence {
  const flat: unknown[] = []
  for (const result of results) {
    if (!isArray(result) || result.cons) flat.push(result)
    else for (const item of result) flat.push(item)
  }
  return sequenceOf(flat)
}

export function append(left: unknown, right: unknown): unknown {
  if (left === undefined) return right
  if (right === undefined) return left
  return (isArray(left) ? left : [left]).concat(isArray(right) ? right : [right])
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
