import type { Document } from 'mongodb'
import type { Message, MessageSummary, NewMessage } from '../../contracts/store.ts'
import { HubError } from '../../errors/hub-error.ts'
import { type MessageRecord, newMessageRecord } from '../message-rules.ts'
import { shapeOf } from './shape.ts'

export interface MessageRow extends MessageRecord {
  bytes: number
  editedBy?: string
  editedAt?: number
  /** Written with an edit, these with an erasure, too; not read with the rest. */
  editedBody?: Buffer | null
  headers?: string
  body?: Buffer
}

export const MESSAGE = shapeOf<MessageRow>({ id: 'id' })

/** What a change of state does not touch and a list does not show. */
export const WITHOUT_BODY = { headers: 0, body: 0, editedBody: 0 }

/** A record of MongoDB holds 16 MB; what is left is for everything else of a message. */
export const MAX_BODIES_BYTES = 15_000_000

export function checkSize(bytes: number): void {
  if (bytes > MAX_BODIES_BYTES)
    throw new HubError('BODY_TOO_LARGE', {
      detail: `MongoDB keeps up to ${MAX_BODIES_BYTES} bytes of a message.`,
    })
}

export const newRow = (message: NewMessage, seq: string): Document => ({
  ...MESSAGE.stored({ ...newMessageRecord(message), bytes: message.body.length }),
  headers: JSON.stringify(message.headers),
  body: message.body,
  seq,
  version: 1,
})

export const recordOf = ({
  headers: _headers,
  body: _body,
  editedBody: _edited,
  ...row
}: Document): MessageRow => MESSAGE.record(row)

export function messageOf(row: Document): Message {
  const { bytes: _bytes, editedBy, editedAt, ...message } = visible(recordOf(row))
  const { headers, body, editedBody } = row
  return {
    ...message,
    headers: JSON.parse(headers),
    body,
    ...(editedBody && { edited: { body: editedBody, by: editedBy!, at: editedAt! } }),
  }
}

export function summaryOf(row: Document): MessageSummary {
  const { editedBy: _editedBy, editedAt, ...summary } = visible(recordOf(row))
  return { ...summary, edited: editedAt !== undefined }
}

/** Without what only the store is to know. */
function visible(record: MessageRow): Omit<MessageRow, 'readyAt' | 'claimToken'> {
  const { readyAt: _readyAt, claimToken: _claimToken, ...rest } = record
  return rest
}
