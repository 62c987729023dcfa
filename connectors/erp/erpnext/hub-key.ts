import { createHash } from 'node:crypto'

/** A `Data` field holds 140 characters, and generations need a few. */
const MOST = 120
const GENERATIONS = 20

const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 24)

/** The hub's key as it fits the field: itself, or shortened with a digest. */
export const hubKey = (key: string): string =>
  key.length <= MOST ? key : `${key.slice(0, MOST - 25)}#${digestOf(key)}`

/** Of what has no key of its own and may name a person: only the digest. */
export const anonymousKey = (kind: string, text: string): string =>
  `${kind}:${digestOf(text.normalize('NFKC'))}`

/**
 * A submitted document is changed by cancelling it and making another. The cancelled one keeps its key, and keys are
 * unique: so the nth has a number behind it.
 */
export const generationKey = (key: string, n: number): string => (n === 1 ? key : `${key}~${n}`)

export const generationsOf = (key: string): string[] =>
  Array.from({ length: GENERATIONS }, (_, index) => generationKey(key, index + 1))
