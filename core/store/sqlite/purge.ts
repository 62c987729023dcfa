import type { Upkeep } from '../../contracts/store.ts'
import { FINISHED_MESSAGE_STATES } from '../message-rules.ts'
import { MESSAGE, type MessageRow, messageTable } from './message-table.ts'
import type { Parts } from './repository.ts'

/** Deletes of one transaction: other writes are let through between two. */
const CHUNK = 100

export function createPurge({ prepare, write, tallies }: Parts): Upkeep['purge'] {
  const deletions = {
    messages: deleteMessages({ prepare, tallies }),
    stats: prepare(
      `DELETE FROM stats WHERE (minute, series) IN
       (SELECT minute, series FROM stats WHERE minute < ? ORDER BY minute LIMIT ?)`,
    ),
    keys: prepare(
      `DELETE FROM keys WHERE seq IN
       (SELECT seq FROM keys WHERE coalesce(revokedAt, expiresAt) < ? OR expiresAt < ? LIMIT ?)`,
    ),
  }
  const deleteSome = {
    messages: deletions.messages,
    stats: (before: number, limit: number) => Number(deletions.stats.run(before, limit).changes),
    keys: (before: number, limit: number) => Number(deletions.keys.run(before, before, limit).changes),
  }

  return async (what, before, limit) => {
    let deleted = 0
    while (deleted < limit) {
      const some = Math.min(CHUNK, limit - deleted)
      const count = await write(() => deleteSome[what](before, some))
      deleted += count
      if (count < some) break
    }
    return deleted
  }
}

/**
 * Walks the oldest of each connection and finished state, as the tallies name them; arrival and `receivedAt` grow
 * together, so the walk ends at the first one that is too young.
 */
function deleteMessages({ prepare, tallies }: Pick<Parts, 'prepare' | 'tallies'>) {
  const table = messageTable(prepare, tallies)
  const oldest = prepare(
    `SELECT seq, ${MESSAGE.columns} FROM messages WHERE connection = ? AND state = ? ORDER BY seq LIMIT ?`,
  )
  const deleteMessage = prepare('DELETE FROM messages WHERE seq = ?')
  const deleteBody = prepare('DELETE FROM messageBodies WHERE seq = ?')
  const unlink = prepare('DELETE FROM messageDocuments WHERE document = ? AND seq = ?')
  const isFinished = (state: string) => FINISHED_MESSAGE_STATES.some(finished => finished === state)

  const remove = (seq: number, record: MessageRow): void => {
    deleteMessage.run(seq)
    deleteBody.run(seq)
    for (const document of record.documents) unlink.run(document, seq)
    table.forget(record)
  }

  return (before: number, limit: number): number => {
    let deleted = 0
    for (const { place, state } of tallies.places('message').filter(pair => isFinished(pair.state)))
      for (const row of oldest.all(place, state, limit - deleted)) {
        if (Number(row.receivedAt) >= before) break
        remove(Number(row.seq), MESSAGE.record(row))
        deleted++
      }
    return deleted
  }
}
