import type { Cause, DeadLetterFilter, Page, PageRequest, Resource } from '../../contracts/store.ts'
import { decodeCursor, encodeCursor, limitOf } from '../paging.ts'
import { type Condition, conditionsOf, conjunction, type Terms } from './conditions.ts'
import type { Prepare } from './database.ts'

/** Letters of one cause that are alike in what a cause tells of them. */
interface Group {
  cause: string
  state: string
  connection: string
  resource: Resource | null
  count: number
  firstAt: number
  lastAt: number
}

type Aggregate = Omit<Cause, 'code' | 'title' | 'sample'>

/**
 * The letters that match, grouped; the cause with the newest letter first. One walk of an index that holds all that is
 * added up, without touching the letters themselves; these are looked at only for the causes of the page.
 */
export function causesPage(
  prepare: Prepare,
  { terms, filter }: { terms: Terms<DeadLetterFilter>; filter: DeadLetterFilter },
  request: PageRequest = {},
): Page<Cause> {
  const limit = limitOf(request)
  const conditions = conditionsOf(terms, filter)
  const causes = aggregated(groupsOf(prepare, conditions)).sort(newestFirst)
  const after = decodeCursor(request, 2)
  const last = after && { lastAt: Number(after[0]), cause: String(after[1]) }
  const rest = last ? causes.filter(cause => newestFirst(cause, last) > 0) : causes
  const page = rest.slice(0, limit)
  const end = page.at(-1)
  return {
    items: page.map(cause => ({ ...cause, ...newestLetter(prepare, conditions, cause) })),
    next: rest.length > limit && end ? encodeCursor([end.lastAt, end.cause]) : null,
    total: causes.length,
  }
}

function groupsOf(prepare: Prepare, conditions: Condition[]): Group[] {
  // The plus keeps SQLite from taking a term as a constant, which would cost it the order of the index.
  const unordered = conditions.map(({ sql, value }) => ({
    sql: sql.startsWith('cause') ? sql : `+${sql}`,
    value,
  }))
  const { sql, values } = conjunction(unordered)
  return prepare(
    `SELECT cause, state, connection, resource, count(*) AS count, min(openedAt) AS firstAt, max(at) AS lastAt
     FROM deadLetters INDEXED BY deadLettersCauses WHERE ${sql} GROUP BY cause, state, connection, resource`,
  ).all(...values) as unknown as Group[]
}

function aggregated(groups: Group[]): Aggregate[] {
  const causes = new Map<string, Aggregate>()
  for (const { cause, state, connection, resource, count, firstAt, lastAt } of groups) {
    const known = causes.get(cause) ?? {
      cause,
      connections: [],
      resources: [],
      open: 0,
      total: 0,
      firstAt,
      lastAt,
    }
    causes.set(cause, {
      cause,
      connections: [...new Set([...known.connections, connection])],
      resources: resource === null ? known.resources : [...new Set([...known.resources, resource])],
      open: known.open + (state === 'open' ? count : 0),
      total: known.total + count,
      firstAt: Math.min(known.firstAt, firstAt),
      lastAt: Math.max(known.lastAt, lastAt),
    })
  }
  return [...causes.values()]
}

type Place = Pick<Cause, 'lastAt' | 'cause'>

const newestFirst = (a: Place, b: Place): number =>
  b.lastAt - a.lastAt || (a.cause < b.cause ? -1 : a.cause > b.cause ? 1 : 0)

function newestLetter(prepare: Prepare, conditions: Condition[], { cause, lastAt }: Aggregate) {
  const { sql, values } = conjunction([
    { sql: 'cause = ?', value: cause },
    { sql: 'at = ?', value: lastAt },
    ...conditions,
  ])
  const letter = prepare(
    `SELECT code, title, id AS sample FROM deadLetters INDEXED BY deadLettersCauses WHERE ${sql} LIMIT 1`,
  ).get(...values)
  return letter as unknown as Pick<Cause, 'code' | 'title' | 'sample'>
}
