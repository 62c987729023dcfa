import type { MappingScope, Resource } from '../contracts/store.ts'
import { differences } from '../mapping/differences.ts'

/** What publishing a changed mapping would do to the documents behind the newest messages. */
export interface ShadowReport {
  mapping: string
  scope: MappingScope
  /** How many messages were looked at. */
  messages: number
  compared: number
  notCompared: { reason: string; count: number }[]
  /** Documents that stay as they are stored. */
  unchanged: number
  /** Documents whose stored state another version or table made: they differ, but not by this change. */
  outdated: number
  /** Documents that would change in any way. */
  changed: number
  /** How often a destination would be written to. */
  writes: number
  /** The writes by destination, most first. */
  destinations: { connection: string; writes: number }[]
  /** At most 500. */
  documents: ShadowDocument[]
  /** How many further ones change. */
  more: number
  /** Which leaves change, `*` for positions in arrays, most frequent first. */
  leaves: { pointer: string; documents: number }[]
}

/**
 * `new`: it was not made so far. `gone`: its message would make another document instead. `skipped`, `problems`: its
 * message would be left out, or need a human.
 */
export type ShadowOutcome = 'changed' | 'new' | 'gone' | 'skipped' | 'problems'

export interface ShadowDocument {
  /** Null where a message made no document before and makes none after. */
  id: string | null
  resource: Resource
  number: string | null
  externalId: string | null
  /** Id of the message. */
  message: string
  outcome: ShadowOutcome
  /** Why it is skipped, or what its problem is. */
  reason?: string
  /** From what is stored to what would be, at most 50. */
  differences: Change[]
  moreDifferences: number
  /** Connections that would be written to. */
  destinations: string[]
}

export interface Change {
  /** JSON pointer into the document. */
  pointer: string
  before: unknown
  after: unknown
}

/** The pointer with `*` for every position in an array. */
export const leafOf = (pointer: string): string => pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*')

export const changesOf = (before: unknown, after: unknown): Change[] =>
  differences(before, after).map(({ pointer, expected, actual }) => ({
    ...{ pointer, before: expected, after: actual },
  }))
