import type { Compared } from '#core/store/move/compare.ts'
import type { MoveReport } from '#core/store/move/move-store.ts'
import { type Column, table } from './table.ts'

const DIGEST_SHOWN = 16

const COLUMNS: readonly Column<Compared>[] = [
  { title: 'TABLE', of: compared => compared.table },
  { title: 'SOURCE', of: ({ source }) => source.count, right: true },
  { title: 'TARGET', of: ({ target }) => target.count, right: true },
  { title: 'SHA-256 SOURCE', of: ({ source }) => source.digest.slice(0, DIGEST_SHOWN) },
  { title: 'SHA-256 TARGET', of: ({ target }) => target.digest.slice(0, DIGEST_SHOWN) },
  { title: '', of: ({ equal }) => (equal ? 'equal' : 'DIFFERENT') },
]

/** What stands on both sides, and what to do now. */
export function moveText({ from, to, tables, equal }: MoveReport, width: number): string {
  const next = equal
    ? `Everything is there. Set HUB_STORE_URL to the address of ${to} and keep the data folder: its keys open the sealed secrets.`
    : `Not everything is equal: was ${from} written to meanwhile? Stop every hub on it, empty ${to} and call again.`
  return `${table(tables, COLUMNS, width)}\n\n${next}`
}
