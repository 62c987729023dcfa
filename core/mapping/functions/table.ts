import { HubError } from '../../errors/hub-error.ts'
import { type HubFunction, wrongType } from './hub-function.ts'

/** A lookup table of a mapping. Its `*` entry answers for every other value. */
export interface LookupTable {
  readonly name: string
  readonly entries: ReadonlyMap<string, unknown>
}

/** Additions of an operator, which win: table → entry → value. */
export type TableOverlay = Readonly<Record<string, Readonly<Record<string, unknown>>>>

const DEFAULT = '*'

export function lookUp(table: LookupTable, value: unknown, overlay: TableOverlay | undefined): unknown {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'object') throw wrongType('table', 'a single value', value)
  return answerOf(table, String(value), overlay).value
}

/** The entry of a table that answers for a key. */
export interface Answer {
  /** The key, or `*`. */
  entry: string
  /** Whether an operator added it. */
  added: boolean
  value: unknown
}

export function answerOf(table: LookupTable, key: string, overlay: TableOverlay | undefined): Answer {
  const { name, entries } = table
  const added = overlay && Object.hasOwn(overlay, name) ? overlay[name] : undefined
  if (added && Object.hasOwn(added, key)) return { entry: key, added: true, value: added[key] }
  if (entries.has(key)) return { entry: key, added: false, value: entries.get(key) }
  if (added && Object.hasOwn(added, DEFAULT)) return { entry: DEFAULT, added: true, value: added[DEFAULT] }
  if (entries.has(DEFAULT)) return { entry: DEFAULT, added: false, value: entries.get(DEFAULT) }
  throw new HubError('MAPPING_TABLE_MISS', {
    detail: `Table \`${name}\` has no entry for “${key.slice(0, 60)}”.`,
    fingerprint: name,
  })
}

/** What `$table` is, for the reference page; the compiler binds it to the tables of the mapping. */
export const TABLE_FUNCTION: Omit<HubFunction, 'run'> = {
  name: 'table',
  signature: '$table(name, value)',
  doc: 'The entry of a table of this mapping; entries that an operator added win; absent for an absent value.',
  examples: [
    { call: '$table("status", "paid")', result: 'PAID' },
    { call: '$table("status", "odd")', error: 'MAPPING_TABLE_MISS' },
    { call: '$table("status", nothing)', result: undefined },
    { call: '$table("withDefault", "odd")', result: 'unknown' },
  ],
  required: 2,
  arity: 2,
}
