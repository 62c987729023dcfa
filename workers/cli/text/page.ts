import type { Page } from '#core/contracts/store.ts'
import type { Answer, OptionRow } from '../command.ts'
import { type Column, table } from './table.ts'

/** Options of every list that is read in pages. */
export const PAGE_OPTIONS: readonly OptionRow[] = [
  { flags: '--limit <n>', summary: 'How many, at most 1000.', number: 'whole', default: '50' },
  { flags: '--after <cursor>', summary: 'Goes on where the page before ended.' },
]

/** The filters and the page of a list, as the store takes them. */
export function pageOptions<Filter>(options: Readonly<Record<string, unknown>>) {
  const { limit, after, json: _, ...filter } = options
  return { filter: filter as Filter, page: { limit: Number(limit), after: after as string | undefined } }
}

export interface Paged<T, View> {
  page: Page<T>
  /** What `--json` prints of an item; the same as the API answers. */
  view(item: T): View
  columns: readonly Column<T>[]
  width: number
  /** Said instead of an empty table. */
  empty: string
}

/** A page of a list: for people the table, and how to go on where there is more. */
export function pageAnswer<T, View>({ page, view, columns, width, empty }: Paged<T, View>): Answer {
  const rest =
    page.next === null ? '' : `\n\n${page.items.length} of ${page.total}; more: --after ${page.next}`
  return {
    json: { ...page, items: page.items.map(view) },
    text: page.items.length === 0 ? empty : table(page.items, columns, width) + rest,
  }
}
