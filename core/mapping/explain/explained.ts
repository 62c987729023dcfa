import type { RunResult } from '../../contracts/mapper.ts'

/** Where one value of one document came from. */
export interface ExplainedLeaf {
  /** Pointer into the document with the positions filled in, or what it is besides: `identity`, `let.currency` … */
  pointer: string
  /** What the rule gave; absent where it gave nothing. */
  value?: unknown
  expression: string
  /** Present where the rule stands in an overlay. */
  file?: string
  line: number
  column: number
  /** Pointers of the fields of the record that it read and that are there, positions filled in. */
  sources: string[]
  /** Table entries that were used. */
  tables: ExplainedEntry[]
}

export interface ExplainedEntry {
  table: string
  /** The value looked up. */
  key: string
  /** The entry that answered: the key, or `*`. */
  entry: string
  /** Whether an operator's addition answered. */
  added: boolean
  value: unknown
}

export interface Explained {
  result: RunResult
  leaves: ExplainedLeaf[]
}
