import type { Claim, Message, MessageOutcome, MessageState, NewMessage } from '../contracts/store.ts'
import { claimed, isClaimable, isClaimed, released, renewed, type WorkRecord } from './work-rules.ts'

/** Everything of a message but its bytes. */
export type MessageRecord = Omit<Message, 'body' | 'headers' | 'edited'> &
  WorkRecord & { state: MessageState; priority: number }

const LIVE_PRIORITY = 10
const BACKFILL_PRIORITY = 40

/** States in which nothing more happens to a message. `dead` is not one: a human has still to decide. */
export const FINISHED_MESSAGE_STATES: readonly MessageState[] = ['done', 'skipped', 'stale', 'discarded']

export function newMessageRecord(message: NewMessage): MessageRecord {
  const { body: _body, headers: _headers, ...facts } = message
  return {
    ...facts,
    priority: message.priority ?? (message.via === 'backfill' ? BACKFILL_PRIORITY : LIVE_PRIORITY),
    state: 'pending',
    nextAt: message.receivedAt,
    readyAt: message.receivedAt,
    claims: 0,
    spent: 0,
    attempts: [],
    documents: [],
  }
}

export const claimMessage = (message: MessageRecord, claim: Claim): MessageRecord | null =>
  isClaimable(message, claim.now) ? claimed(message, claim) : null

export function settleMessage(
  message: MessageRecord,
  token: string,
  outcome: MessageOutcome,
): MessageRecord | null {
  if (message.claimToken !== token) return null
  const nextAt = outcome.nextAt ?? message.nextAt
  return {
    ...released(message, outcome.attempt),
    state: outcome.state,
    reason: outcome.reason,
    nextAt,
    readyAt: outcome.state === 'pending' ? nextAt : undefined,
    spent: message.spent + (outcome.spend ? 1 : 0),
    documents: [...new Set([...message.documents, ...(outcome.documents ?? [])])],
  }
}

export const reopenMessage = (message: MessageRecord, now: number): MessageRecord | null =>
  isClaimed(message, now) ? null : renewed(message, now)
