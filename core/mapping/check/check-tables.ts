import type { Table } from '../source/mapping-source.ts'
import type { Problems } from '../source/problems.ts'
import type { TableUse } from './leaf-maker.ts'
import { nearest } from './nearest.ts'
import type { Origin, Origins } from './origin/origin.ts'

/** Warns of tables that nobody asks, of keys that nobody can ask for and of values that no entry answers. */
export function checkTables(tables: readonly Table[], uses: readonly TableUse[], problems: Problems): void {
  for (const table of tables) {
    const asked = uses.filter(use => use.name === table.name).map(use => valuesOf(use.value))
    if (asked.length === 0)
      problems.warn('TABLE_UNUSED', table.place, `No expression asks the table \`${table.name}\`.`)
    else checkEntries(table, asked, problems)
  }
}

function checkEntries(
  table: Table,
  asked: readonly (ReadonlySet<string> | null)[],
  problems: Problems,
): void {
  const keys = new Set(table.entries.map(({ key }) => key))
  const known = asked.filter(values => values !== null)
  const possible = new Set(known.flatMap(values => [...values]))
  const unanswered = keys.has('*') ? [] : [...possible].filter(value => !keys.has(value))
  if (unanswered.length > 0)
    problems.warn(
      'ENUM_UNMAPPED',
      table.place,
      `Table \`${table.name}\` has no entry for ${unanswered.map(value => `“${value}”`).join(', ')} and no \`"*"\`.`,
    )
  if (known.length < asked.length) return
  for (const { key, keyPlace } of table.entries)
    if (key !== '*' && !possible.has(key))
      problems.warn(
        'ENUM_UNKNOWN',
        keyPlace,
        `The source schema knows no “${key}” where table \`${table.name}\` is asked.`,
        nearest(key, possible),
      )
}

/** All values that may be looked up, as text; null where the schema does not list them. */
function valuesOf(origins: Origins): ReadonlySet<string> | null {
  const found = origins.map(valuesOfOne)
  if (found.length === 0 || found.some(values => values === null)) return null
  return new Set(found.flatMap(values => values ?? []).map(String))
}

function valuesOfOne(origin: Origin): readonly unknown[] | null {
  if (origin.kind === 'plain') return 'value' in origin ? [origin.value] : null
  if (origin.kind !== 'field') return null
  return origin.view.enum?.filter(value => value !== null) ?? null
}
