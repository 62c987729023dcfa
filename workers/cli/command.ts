import type { HubAccess } from './hub-access.ts'
import type { World } from './world.ts'

/** One command: program, help and `COMMANDS.md` are made from it. */
export interface CommandRow {
  /** Words, then arguments: `connections add <id>`. */
  usage: string
  /** One sentence. */
  summary: string
  options?: readonly OptionRow[]
  /** What stands after `hub` in a call that works. */
  example?: string
  /** Imported only when the command runs: every command starts as quickly as it can. */
  load(): Promise<Run>
}

export interface OptionRow {
  /** As commander writes them: `--limit <n>`. */
  flags: string
  summary: string
  choices?: readonly string[]
  default?: string
  required?: true
  /** May be given several times. */
  many?: true
  /** A whole number from 1, or any number above 0. */
  number?: 'whole' | 'any'
}

/** Arguments and options as the row describes them; a handler knows their types from its row. */
export interface Call {
  args: readonly string[]
  options: Readonly<Record<string, unknown>>
  hub: HubAccess
  world: World
}

export interface Answer {
  /** The one value that `--json` prints. */
  json: unknown
  /** What people read. */
  text: string
  /** Printed, and the command failed all the same. */
  failed?: boolean
}

/** Throws `HubError` for what cannot be answered. */
export type Run = (call: Call) => Promise<Answer>
