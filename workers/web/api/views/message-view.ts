import type { Principal } from '#core/accounts/roles.ts'
import type { Message, MessageSummary } from '#core/contracts/store.ts'
import type { Mask } from '#core/deadletter/mask.ts'
import { viewMessagePayload } from '#core/deadletter/payload.ts'
import { erasedView, instantOf, withInstants } from '../times.ts'
import { attemptView } from './attempt-view.ts'

type Facts = Omit<MessageSummary, 'bytes' | 'edited'>

export const messageFacts = <T extends Facts>(message: T) => ({
  ...withInstants(message, 'receivedAt', 'eventAt', 'nextAt'),
  attempts: message.attempts.map(attemptView),
  ...erasedView(message),
})

/** With its payload, masked unless the reader may see it; headers can say as much and go the same way. */
export function messageView(message: Message, reader: Principal, mask: Mask) {
  const { body, edited, headers, ...facts } = message
  const { payload, original } = viewMessagePayload(message, reader, mask)
  return {
    ...messageFacts(facts),
    bytes: body.length,
    edited: edited ? { by: edited.by, at: instantOf(edited.at) } : false,
    headers: payload.masked ? null : headers,
    payload,
    original,
  }
}
