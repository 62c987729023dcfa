import type { Row } from './database.ts'

/** `formatted_read_group` by one relation with one `field:max`. */
export function readGroup(rows: readonly Row[], by: string, aggregate: string): unknown[] {
  const [field = ''] = aggregate.split(':')
  const groups = Map.groupBy(rows, row => row[by])
  return [...groups].map(([id, members]) => ({
    [by]: [id, String(id)],
    [aggregate]:
      members
        .map(row => String(row[field] ?? ''))
        .sort()
        .at(-1) || false,
    __extra_domain: [[by, '=', id]],
  }))
}
