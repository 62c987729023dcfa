import type { Messages } from '../../contracts/store.ts'
import { reopenMessage, settleMessage } from '../message-rules.ts'
import { recounted } from '../work-rules.ts'
import { ClaimBatches } from './batch/claim-batches.ts'
import { InsertBatches } from './batch/insert-batches.ts'
import { claimUpdate, HeldClaims } from './claims.ts'
import { createMessageLists } from './message-lists.ts'
import {
  checkSize,
  MESSAGE,
  type MessageRow,
  messageOf,
  newRow,
  recordOf,
  WITHOUT_BODY,
} from './message-rows.ts'
import type { Parts } from './repository.ts'
import { Table } from './table.ts'

export function createMessages({ collection, arrivals }: Parts): Messages {
  const messages = collection('messages')
  const table = new Table<MessageRow>({
    ...{ collection: messages, shape: MESSAGE, arrivals, projection: WITHOUT_BODY },
  })
  const inserts = new InsertBatches(messages)
  const claims = new ClaimBatches(messages, claimUpdate)
  const held = new HeldClaims<MessageRow>()
  const lists = createMessageLists(messages)

  return {
    async insert(message) {
      checkSize(message.body.length)
      const row = newRow(message, arrivals.next(message.receivedAt))
      return (await inserts.insert(row, message.body.length)) ? 'stored' : 'duplicate'
    },

    async claim(id, claim) {
      const row = await claims.claim(id, claim)
      if (!row) return null
      held.keep({ record: recordOf(row), version: row['version'] })
      return messageOf(row)
    },

    async recount(id, token, claims) {
      const counted = await table.change({
        id,
        known: held.take(id, token),
        rule: message => message && recounted(message, token, claims),
      })
      return counted !== null
    },

    async settle(id, token, outcome) {
      const settled = await table.change({
        id,
        known: held.take(id, token),
        rule: message => {
          const record = message && settleMessage(message, token, outcome)
          return record && { ...message, ...record }
        },
      })
      return settled !== null
    },

    async get(id) {
      const row = await messages.findOne({ _id: id })
      return row && messageOf(row)
    },

    list: (filter, page) => lists.page(filter, page),

    async reopen(id, now, edit) {
      const reopened = await table.change({
        id,
        rule(message) {
          const record = message && reopenMessage(message, now)
          if (!record) return null
          if (edit) checkSize(message.bytes + edit.body.length)
          return {
            ...{ ...message, ...record },
            ...(edit && { editedBody: edit.body, editedBy: edit.by, editedAt: now }),
          }
        },
      })
      return reopened !== null
    },
  }
}
