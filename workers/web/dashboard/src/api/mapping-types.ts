import type { Problem, RunProblem } from '#core/contracts/mapper.ts'
import type { DriftFinding, MappingScope, MessageSummary } from '#core/contracts/store.ts'
import type { ExplainedEntry, ExplainedLeaf } from '#core/mapping/explain/explained.ts'
import type { ShadowDocument, ShadowReport } from '#core/sync/shadow-report.ts'

/** Answers of the mapping routes as the pages read them; times are RFC 3339 text. */

export type { ExplainedEntry, ExplainedLeaf, MappingScope, Problem, RunProblem, ShadowDocument, ShadowReport }

export interface MappingRow {
  id: string
  version: number
  connector: string
  topics: string[]
  /** Null: an outgoing mapping, from the canonical document to a partner. */
  target: string | null
  overlays: string[]
  /** Newest number published for everybody. */
  published: number | null
}

export interface PublicationNote {
  number: number
  by: string
  at: string
  note: string | null
}

export interface MappingLayer {
  scope: MappingScope
  path: string
  /** Null for a file that is shipped or declared in the configuration. */
  published: PublicationNote | null
  text: string
}

export interface MappingView extends MappingRow {
  text: string
  /** Its test file; empty where there is none. */
  cases: string
  /** Lowest first. */
  layers: MappingLayer[]
  /** One a rule; pointers with `*` for the items of arrays. */
  leaves: { pointer: string; expression: string }[]
  problems: Problem[]
}

export interface MappingVersion {
  scope: MappingScope
  number: number
  by: string
  at: string
  note?: string | null
  /** Empty: from here on nothing published applies in this scope. */
  text: string
  cases: string
}

export interface Published {
  scope: MappingScope
  number: number
}

export interface Difference {
  pointer: string
  before?: unknown
  after?: unknown
}

export interface TriedOutcome {
  outcome: 'document' | 'skipped' | 'problems'
  document?: unknown
  skipped?: string
  problems?: RunProblem[]
}

export interface TriedRecord extends TriedOutcome {
  externalId?: string
  number?: string
  revision?: number
  leaves: ExplainedLeaf[]
  before: TriedOutcome | null
  differences: Difference[]
}

export interface Trial {
  problems: Problem[]
  compileMs: number
  topic: string | null
  records: TriedRecord[]
}

export interface CaseResult {
  name: string
  ok: boolean
  differences: string[]
}

export interface ReplayedRange {
  matched: number
  replayed: number
}

export interface CoverageField {
  pointer: string
  count: number
  read: boolean
  declared: boolean
}

export interface Coverage {
  messages: number
  fields: CoverageField[]
}

export type Finding = Omit<DriftFinding, 'firstAt' | 'lastAt'> & { firstAt: string; lastAt: string }

export type MessageRow = Omit<MessageSummary, 'receivedAt'> & { receivedAt: string }

export interface ConnectionRow {
  id: string
  tenant: string
  connector: string
}

/** The mapping's own address below the API. */
export const mappingPath = (id: string): string => `/mappings/${encodeURIComponent(id)}`
