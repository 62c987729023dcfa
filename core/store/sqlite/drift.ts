import type { Drift, DriftFilter, DriftFinding, Page, PageRequest } from '../../contracts/store.ts'
import { mergeFindings } from '../drift-rules.ts'
import { decodeCursor, encodeCursor, limitOf } from '../paging.ts'
import { conditionsOf, conjunction, type Terms } from './conditions.ts'
import type { Prepare } from './database.ts'
import type { Parts } from './repository.ts'
import { shapeOf } from './rows.ts'

export const FINDING = shapeOf<DriftFinding>([
  ...(['tenant', 'connection', 'topic', 'kind', 'pointer', 'value', 'count'] as const),
  ...(['firstAt', 'lastAt', 'sample', 'message'] as const),
])
const TERMS: Terms<DriftFilter & { pointer?: string }> = {
  tenant: 'tenant = ?',
  connection: 'connection = ?',
  topic: 'topic = ?',
  kind: 'kind = ?',
  pointer: 'pointer = ?',
}

export function createDrift({ prepare, write }: Parts): Drift {
  const find = prepare(
    `SELECT seq, ${FINDING.columns} FROM drift
     WHERE connection = ? AND topic = ? AND kind = ? AND pointer = ? AND value = ?`,
  )
  const insert = prepare(`INSERT INTO drift (${FINDING.columns}) VALUES (${FINDING.places})`)
  const update = prepare(`UPDATE drift SET ${FINDING.assignments} WHERE seq = ?`)

  const addOne = (finding: DriftFinding): void => {
    const { connection, topic, kind, pointer, value } = finding
    const row = find.get(connection, topic, kind, pointer, value)
    if (!row) insert.run(...FINDING.values(finding))
    else update.run(...FINDING.values(mergeFindings(FINDING.record(row), finding)), row.seq!)
  }

  return {
    add: findings => write(() => findings.forEach(addOne)),
    list: async (filter, page) => newestSeen(prepare, filter, page),
    clear: filter =>
      write(() => {
        const { sql, values } = conjunction(conditionsOf(TERMS, filter))
        return Number(prepare(`DELETE FROM drift WHERE ${sql}`).run(...values).changes)
      }),
  }
}

/** A finding that is seen again between two pages moves to the front: it appears on no later page. */
function newestSeen(prepare: Prepare, filter: DriftFilter, request: PageRequest = {}): Page<DriftFinding> {
  const limit = limitOf(request)
  const { sql, values } = conjunction(conditionsOf(TERMS, filter))
  const before = decodeCursor(request, 2) ?? [Number.MAX_SAFE_INTEGER, 0]
  const rows = prepare(
    `SELECT seq, ${FINDING.columns} FROM drift WHERE ${sql} AND (lastAt, seq) < (?, ?)
     ORDER BY lastAt DESC, seq DESC LIMIT ?`,
  ).all(...values, ...before, limit + 1)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(FINDING.record),
    next: last && rows.length > limit ? encodeCursor([Number(last.lastAt), Number(last.seq)]) : null,
    total: Number(prepare(`SELECT count(*) AS total FROM drift WHERE ${sql}`).get(...values)!.total),
  }
}
