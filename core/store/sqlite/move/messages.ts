import type { Records } from '../../move/sides.ts'
import { unclaimed } from '../../move/unclaimed.ts'
import { MESSAGE, type MessageRow, messageTally } from '../message-table.ts'
import type { Parts } from '../repository.ts'
import { bufferOf, type Row } from '../rows.ts'
import type { MovedTable } from './shaped-table.ts'

type Moved = Records['messages']

/** Of a message three tables know: its record, its bytes, and the documents it made. */
export function movedMessages({ prepare, tallies }: Pick<Parts, 'prepare' | 'tallies'>): MovedTable<Moved> {
  // Only times and numbers are sorted, so that a sort of millions takes little.
  const order = prepare('SELECT seq FROM messages ORDER BY receivedAt, seq LIMIT -1 OFFSET ?')
  const recordAt = prepare(`SELECT ${MESSAGE.columns} FROM messages WHERE seq = ?`)
  const bodyAt = prepare('SELECT headers, body, editedBody FROM messageBodies WHERE seq = ?')
  const insertRecord = prepare(`INSERT INTO messages (seq, ${MESSAGE.columns}) VALUES (?, ${MESSAGE.places})`)
  const insertBody = prepare('INSERT INTO messageBodies (seq, headers, body, editedBody) VALUES (?, ?, ?, ?)')
  const link = prepare('INSERT INTO messageDocuments (document, seq) VALUES (?, ?)')

  return {
    *read(skip) {
      for (const { seq } of order.iterate(skip))
        yield { arrival: Number(seq), record: movedOf(recordAt.get(seq!)!, bodyAt.get(seq!)!) }
    },
    insert({ arrival, record }) {
      const row = rowOf(record)
      insertRecord.run(arrival, ...MESSAGE.values(row))
      insertBody.run(arrival, JSON.stringify(record.headers), record.body, record.edited?.body ?? null)
      for (const document of record.documents) link.run(document, arrival)
      tallies.add(messageTally(row), 1)
    },
  }
}

function movedOf(row: Row, { headers, body, editedBody }: Row): Moved {
  const { editedBy, editedAt, ...record } = unclaimed(MESSAGE.record(row))
  return {
    ...record,
    headers: JSON.parse(String(headers)),
    body: bufferOf(body as Uint8Array),
    ...(editedBody instanceof Uint8Array && {
      edited: { body: bufferOf(editedBody), by: editedBy!, at: editedAt! },
    }),
  }
}

const rowOf = ({ headers: _headers, body: _body, edited, ...record }: Moved): MessageRow => ({
  ...record,
  ...(edited && { editedBy: edited.by, editedAt: edited.at }),
})
