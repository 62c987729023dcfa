import type { StoredDocument } from '../../contracts/store.ts'
import { isPersonal, subjectsOf, UNINDEXED } from '../../documents/subjects.ts'
import type { Prepare } from './database.ts'

/** The rows by which documents are found. Writes are to be called inside the transaction that writes the document. */
export function documentSubjects(prepare: Prepare) {
  const add = prepare('INSERT OR IGNORE INTO documentSubjects (subject, seq) VALUES (?, ?)')
  const remove = prepare('DELETE FROM documentSubjects WHERE subject = ? AND seq = ?')

  return {
    change(seq: number, before: StoredDocument | null, after: StoredDocument): void {
      const [old, now] = [before ? subjectsOf(before) : [], subjectsOf(after)]
      for (const subject of old) if (!now.includes(subject)) remove.run(subject, seq)
      for (const subject of now) if (!old.includes(subject)) add.run(subject, seq)
    },
    /** Of a document that this version did not write. */
    index(seq: number, document: StoredDocument): void {
      for (const subject of subjectsOf(document)) add.run(subject, seq)
      remove.run(UNINDEXED, seq)
    },
    /** It is found once `index` has looked at it. */
    leaveForLater(seq: number, { resource }: StoredDocument): void {
      if (isPersonal(resource)) add.run(UNINDEXED, seq)
    },
  }
}
