import type { HubConfig } from '#config/schema.ts'
import type { Seams } from '../compose/base.ts'

/** What a command line touches outside itself; tests put their own in place. */
export interface World {
  /** Throws a `HubError` that names what is wrong. Flows may name connections that a command is about to make, unless `strict`. */
  loadConfig(options: { strict: boolean }): Promise<HubConfig>
  /** In place of the real clock, random and connectors. */
  seams?: Seams
  now(): number
  /** Columns that a line may take; unbounded where nobody looks. */
  width: number
  /** Whether what is printed may have colours: a terminal that has them. */
  colours?: boolean
  readStdin(): Promise<Buffer>
  /** Null where nobody can be asked. */
  ask: ((question: string) => Promise<string>) | null
  /** Aborted when a person interrupts; from the first call on, this alone is what an interrupt does. */
  interrupted(): AbortSignal
  /** Replaces the line that tells how far something is; empty takes it away. Absent where nobody looks. */
  progress?(line: string): void
  out(text: string): void
  err(text: string): void
}
