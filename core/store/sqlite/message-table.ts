import type { MessageRecord } from '../message-rules.ts'
import type { Prepare } from './database.ts'
import { type Shape, shapeOf } from './rows.ts'
import type { Tallies, TallyKey } from './tallies.ts'

export interface MessageRow extends MessageRecord {
  bytes: number
  editedBy?: string
  editedAt?: number
}

const JSON_COLUMNS = { attempts: 'json', documents: 'json', erased: 'json' } as const

/** What never changes after the insert. */
const FACTS = [
  ...(['id', 'tenant', 'connection', 'topic', 'via', 'dedupeKey'] as const),
  ...(['receivedAt', 'eventAt', 'priority', 'bytes'] as const),
] as const

const WORK = [
  ...(['state', 'reason', 'nextAt', 'readyAt', 'claimToken', 'claims', 'spent'] as const),
  ...(['attempts', 'documents', 'editedBy', 'editedAt', 'erased'] as const),
] as const

export const MESSAGE: Shape<MessageRow> = shapeOf<MessageRow>([...FACTS, ...WORK], JSON_COLUMNS)

const WORK_SHAPE: Shape<MessageRow> = shapeOf<MessageRow>(WORK, JSON_COLUMNS)

export const messageTally = ({ connection, state, tenant, topic }: MessageRow): TallyKey => ({
  kind: 'message',
  place: connection,
  state,
  tenant,
  topic,
  origin: '',
})

export interface StoredMessage {
  seq: number
  record: MessageRow
}

/** The rows of messages, the tallies kept with them. Writes are to be called inside a transaction. */
export function messageTable(prepare: Prepare, tallies: Tallies) {
  const insert = prepare(
    `INSERT INTO messages (${MESSAGE.columns}) VALUES (${MESSAGE.places}) ON CONFLICT (id) DO NOTHING`,
  )
  const byId = prepare(`SELECT seq, ${MESSAGE.columns} FROM messages WHERE id = ?`)
  const update = prepare(`UPDATE messages SET ${WORK_SHAPE.assignments} WHERE seq = ?`)
  const link = prepare('INSERT OR IGNORE INTO messageDocuments (document, seq) VALUES (?, ?)')

  return {
    /** The new `seq`, or null for an id that is there. */
    insert(record: MessageRow): number | null {
      const { changes, lastInsertRowid } = insert.run(...MESSAGE.values(record))
      if (changes === 0) return null
      tallies.add(messageTally(record), 1)
      return Number(lastInsertRowid)
    },

    find(id: string): StoredMessage | null {
      const row = byId.get(id)
      return row ? { seq: Number(row.seq), record: MESSAGE.record(row) } : null
    },

    update({ seq, record: before }: StoredMessage, after: MessageRow): void {
      update.run(...WORK_SHAPE.values(after), seq)
      if (after.state !== before.state) tallies.move(messageTally(before), messageTally(after))
      for (const document of after.documents.slice(before.documents.length)) link.run(document, seq)
    },

    /** Takes the finished message out of the tallies; the caller deletes its rows. */
    forget: (record: MessageRow): void => tallies.add(messageTally(record), -1),
  }
}

/** Without what only the store is to know. */
export function visible(record: MessageRow): Omit<MessageRow, 'readyAt' | 'claimToken'> {
  const { readyAt: _readyAt, claimToken: _claimToken, ...rest } = record
  return rest
}
