import type { Message, Messages } from '../../contracts/store.ts'
import { claimMessage, newMessageRecord, reopenMessage, settleMessage } from '../message-rules.ts'
import { recounted } from '../work-rules.ts'
import { createMessageLists } from './message-lists.ts'
import { messageTable, type StoredMessage, visible } from './message-table.ts'
import type { Parts } from './repository.ts'
import { bufferOf } from './rows.ts'

export function createMessages({ prepare, write, tallies }: Parts): Messages {
  const table = messageTable(prepare, tallies)
  const insertBody = prepare('INSERT INTO messageBodies (seq, headers, body) VALUES (?, ?, ?)')
  const bodyOf = prepare('SELECT headers, body, editedBody FROM messageBodies WHERE seq = ?')
  const editBody = prepare('UPDATE messageBodies SET editedBody = ? WHERE seq = ?')

  const lists = createMessageLists({ prepare, tallies })

  const withBody = ({ seq, record }: StoredMessage): Message => {
    const { headers, body, editedBody } = bodyOf.get(seq)!
    const { bytes: _bytes, editedBy, editedAt, ...message } = visible(record)
    return {
      ...message,
      headers: JSON.parse(headers as string),
      body: bufferOf(body as Uint8Array),
      ...(editedBody instanceof Uint8Array && {
        edited: { body: bufferOf(editedBody), by: editedBy!, at: editedAt! },
      }),
    }
  }

  return {
    insert: message =>
      write(() => {
        const seq = table.insert({ ...newMessageRecord(message), bytes: message.body.length })
        if (seq === null) return 'duplicate'
        insertBody.run(seq, JSON.stringify(message.headers), message.body)
        return 'stored'
      }),

    claim: (id, claim) =>
      write(() => {
        const found = table.find(id)
        const record = found && claimMessage(found.record, claim)
        if (!record) return null
        const after = { ...found.record, ...record }
        table.update(found, after)
        return withBody({ seq: found.seq, record: after })
      }),

    recount: (id, token, claims) =>
      write(() => {
        const found = table.find(id)
        const record = found && recounted(found.record, token, claims)
        if (!record) return false
        table.update(found, record)
        return true
      }),

    settle: (id, token, outcome) =>
      write(() => {
        const found = table.find(id)
        const record = found && settleMessage(found.record, token, outcome)
        if (!record) return false
        table.update(found, { ...found.record, ...record })
        return true
      }),

    async get(id) {
      const found = table.find(id)
      return found && withBody(found)
    },

    list: async (filter, page) => lists.page(filter, page),

    reopen: (id, now, edit) =>
      write(() => {
        const found = table.find(id)
        const record = found && reopenMessage(found.record, now)
        if (!record) return false
        table.update(found, { ...found.record, ...record, ...(edit && { editedBy: edit.by, editedAt: now }) })
        if (edit) editBody.run(edit.body, found.seq)
        return true
      }),
  }
}
