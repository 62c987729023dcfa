import type { Erased, Erasure, ErasureMark, Page, PageRequest } from '../../contracts/store.ts'
import { UNINDEXED } from '../../documents/subjects.ts'
import { eraseDelivery, eraseDocument, eraseLetter, eraseMessage, mergeMark } from '../erasure-rules.ts'
import { decodeCursor, encodeCursor, limitOf } from '../paging.ts'
import { LETTER } from './dead-letters.ts'
import { deliveryTable } from './delivery-table.ts'
import { documentSubjects } from './document-subjects.ts'
import { DOCUMENT, documentOf, rowOf } from './documents.ts'
import { messageTable } from './message-table.ts'
import type { Parts } from './repository.ts'
import { shapeOf } from './rows.ts'

export const MARK = shapeOf<ErasureMark>(['digest', 'at', 'since'])

export function createErasure(parts: Parts): Erasure {
  const { prepare, write } = parts
  const erasers = { ...recordErasers(parts), document: documentEraser(parts) }
  const subjects = documentSubjects(prepare)
  const unindexed = prepare(
    `SELECT seq, ${DOCUMENT.columns} FROM documents WHERE seq IN
     (SELECT seq FROM documentSubjects WHERE subject = '${UNINDEXED}' LIMIT ?)`,
  )
  const ofReason = prepare(
    `SELECT count(*) AS count FROM messages WHERE erased IS NOT NULL AND json_extract(erased, '$.by') = ?`,
  )
  const mark = prepare(`SELECT ${MARK.columns} FROM erasureMarks WHERE digest = ?`)
  const putMark = prepare(`INSERT OR REPLACE INTO erasureMarks (${MARK.columns}) VALUES (${MARK.places})`)

  const markOf = (digest: string): ErasureMark | null => {
    const row = mark.get(digest)
    return row ? MARK.record(row) : null
  }

  return {
    find: async (given, page) => findDocuments(parts, given, page),
    index: limit =>
      write(() => {
        const rows = unindexed.all(limit)
        for (const row of rows) subjects.index(Number(row.seq), documentOf(row))
        return rows.length
      }),
    erase: (what, id, erased) => write(() => erasers[what](id, erased)),
    messages: async by => Number(ofReason.get(by)!.count),
    remember: marks =>
      write(() => {
        for (const one of marks) {
          const stored = markOf(one.digest)
          putMark.run(...MARK.values(stored ? mergeMark(stored, one) : one))
        }
      }),
    remembered: async digests => digests.map(markOf).filter(one => one !== null),
    async scrub() {
      // Deleted content is overwritten with zeros (`secure_delete`); what is left of it stands in the log of changes.
      await write(() => undefined)
      prepare('PRAGMA wal_checkpoint(TRUNCATE)').all()
    },
  }
}

function findDocuments(
  { prepare }: Pick<Parts, 'prepare'>,
  subjects: readonly string[],
  request: PageRequest = {},
): Page<string> {
  const limit = limitOf(request)
  const after = Number(decodeCursor(request, 1)?.[0] ?? 0)
  const named = `subject IN (${subjects.map(() => '?').join(', ')})`
  const rows = prepare(
    `SELECT DISTINCT seq FROM documentSubjects WHERE ${named} AND seq > ? ORDER BY seq LIMIT ?`,
  ).all(...subjects, after, limit + 1)
  const seqs = rows.slice(0, limit).map(({ seq }) => Number(seq))
  const total = prepare(`SELECT count(DISTINCT seq) AS total FROM documentSubjects WHERE ${named}`)
  const id = prepare('SELECT id FROM documents WHERE seq = ?')
  return {
    items: seqs.map(seq => String(id.get(seq)!.id)),
    next: rows.length > limit ? encodeCursor([seqs.at(-1)!]) : null,
    total: Number(total.get(...subjects)!.total),
  }
}

type Eraser = (id: string, erased: Erased) => boolean

function documentEraser({ prepare }: Parts): Eraser {
  const byId = prepare(`SELECT seq, ${DOCUMENT.columns} FROM documents WHERE id = ?`)
  const update = prepare(`UPDATE documents SET ${DOCUMENT.assignments} WHERE seq = ?`)
  const subjects = documentSubjects(prepare)
  return (id, erased) => {
    const row = byId.get(id)
    const stored = row && documentOf(row)
    const left = stored && eraseDocument(stored, erased)
    if (!left) return false
    const seq = Number(row!.seq)
    update.run(...DOCUMENT.values(rowOf(left)), seq)
    subjects.index(seq, left)
    subjects.change(seq, stored, left)
    return true
  }
}

function recordErasers({ prepare, tallies }: Parts): Record<'message' | 'delivery' | 'letter', Eraser> {
  const messages = messageTable(prepare, tallies)
  const deliveries = deliveryTable(prepare, tallies)
  const emptied = prepare(
    `UPDATE messageBodies SET headers = '{}', body = x'', editedBody = NULL WHERE seq = ?`,
  )
  const letter = prepare(`SELECT ${LETTER.columns} FROM deadLetters WHERE id = ?`)
  const updateLetter = prepare(`UPDATE deadLetters SET ${LETTER.assignments} WHERE id = ?`)

  return {
    message(id, erased) {
      const found = messages.find(id)
      const left = found && eraseMessage(found.record, erased)
      if (!left) return false
      messages.update(found, { ...left, editedBy: undefined, editedAt: undefined })
      emptied.run(found.seq)
      return true
    },
    delivery(id, erased) {
      const found = deliveries.find(id)
      const left = found && eraseDelivery(found.record, erased)
      if (!left) return false
      deliveries.update(found, left)
      return true
    },
    letter(id, erased) {
      const row = letter.get(id)
      const left = row && eraseLetter(LETTER.record(row), erased)
      if (!left) return false
      updateLetter.run(...LETTER.values(left), id)
      return true
    },
  }
}
