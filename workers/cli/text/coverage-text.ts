import type { Coverage, CoveredField } from '#core/mapping/traffic/coverage.ts'
import { blocks, plural } from './facts.ts'
import { table } from './table.ts'

/** Fields that nobody reads or that the schema does not know, these first, then the most frequent; with `all` every field. */
export function coverageText(
  { fields, unread, undeclared }: Omit<Coverage, 'records'>,
  { of, what, all, leftOut = 0 }: { of: number; what: string; all: boolean; leftOut?: number },
  width: number,
): string {
  const shown = all ? fields : fields.filter(({ read, declared }) => !read || !declared)
  const counts = [
    plural(of, what),
    ...(leftOut > 0 ? [`${leftOut} of them left out (thin, skipped, broken or of another mapping)`] : []),
    plural(fields.length, 'field'),
    `${unread} unread`,
    `${undeclared} not in the source schema`,
  ]
  return blocks(shown.length > 0 && fieldTable(shown, width), `${counts.join(', ')}.`)
}

const fieldTable = (fields: readonly CoveredField[], width: number): string =>
  table(
    fields.toSorted((a, b) => Number(a.declared) - Number(b.declared) || b.count - a.count),
    [
      { title: 'FIELD', of: ({ pointer }) => pointer },
      { title: 'COUNT', of: ({ count }) => count, right: true },
      { title: 'READ', of: ({ read }) => (read ? 'yes' : 'no') },
      { title: 'DECLARED', of: ({ declared }) => (declared ? 'yes' : 'no') },
    ],
    width,
  )
