import type { Cause, DeadLetter, DeadLetterFilter, DeadLetters } from '../../contracts/store.ts'
import { escalateLetter, mayClose, openLetter } from '../dead-letter-rules.ts'
import { causesPage } from './causes.ts'
import type { Terms } from './conditions.ts'
import { Listing } from './listing.ts'
import type { Parts } from './repository.ts'
import { shapeOf } from './rows.ts'

export const LETTER = shapeOf<DeadLetter>([
  ...([
    'id',
    'kind',
    'subject',
    'tenant',
    'connection',
    'resource',
    'topic',
    'document',
    'code',
    'cause',
  ] as const),
  ...([
    'summary',
    'title',
    'at',
    'state',
    'times',
    'openedAt',
    'closedAt',
    'closedBy',
    'closeReason',
  ] as const),
  ...(['rule', 'owner', 'dueAt', 'escalateTo', 'escalatedAt'] as const),
])

const TERMS: Terms<DeadLetterFilter> = {
  tenant: 'tenant = ?',
  connection: 'connection = ?',
  cause: 'cause = ?',
  code: 'code = ?',
  kind: 'kind = ?',
  state: 'state = ?',
  document: 'document = ?',
  owner: 'owner = ?',
  escalatedSince: 'escalatedAt >= ?',
}

export function createDeadLetters({ prepare, write }: Parts): DeadLetters {
  const byId = prepare(`SELECT ${LETTER.columns} FROM deadLetters WHERE id = ?`)
  const insert = prepare(`INSERT INTO deadLetters (${LETTER.columns}) VALUES (${LETTER.places})`)
  const update = prepare(`UPDATE deadLetters SET ${LETTER.assignments} WHERE id = ?`)
  const due = prepare(
    `SELECT ${LETTER.columns} FROM deadLetters INDEXED BY deadLettersDue WHERE dueAt <= ? AND state = 'open' AND escalatedAt IS NULL
     ORDER BY dueAt LIMIT ?`,
  )
  const listing = new Listing<DeadLetterFilter, DeadLetter>({
    ...{ prepare, table: 'deadLetters', columns: LETTER.columns, terms: TERMS, toItem: LETTER.record },
  })

  const find = (id: string): DeadLetter | null => {
    const row = byId.get(id)
    return row ? LETTER.record(row) : null
  }

  return {
    open: letter =>
      write(() => {
        const stored = find(letter.id)
        const opened = openLetter(stored, letter)
        if (!stored) insert.run(...LETTER.values(opened))
        else if (opened !== stored) update.run(...LETTER.values(opened), letter.id)
        return opened
      }),

    get: async id => find(id),
    list: async (filter, page) => listing.page(filter, page),
    causes: async (filter, page): Promise<{ items: Cause[]; next: string | null; total: number }> =>
      causesPage(prepare, { terms: TERMS, filter }, page),

    close: (id, state, by, at, reason) =>
      write(() => {
        const stored = find(id)
        if (!stored || !mayClose(stored.state, state)) return false
        update.run(
          ...LETTER.values({ ...stored, state, closedBy: by, closedAt: at, closeReason: reason }),
          id,
        )
        return true
      }),

    due: async (now, limit) => due.all(now, limit).map(LETTER.record),

    escalate: (id, now) =>
      write(() => {
        const escalated = escalateLetter(find(id), now)
        if (escalated) update.run(...LETTER.values(escalated), id)
        return escalated
      }),
  }
}
