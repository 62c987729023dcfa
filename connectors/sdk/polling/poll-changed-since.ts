import { createHash } from 'node:crypto'
import type { ConnectorContext, PolledPage, RawMessage } from '#core/contracts/connector.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { type FetchedPage, refuseCircles } from '../paging.ts'
import { advance, type ChangedCursor, readChangedCursor } from './changed-cursor.ts'

export interface PollChangedSince<Item> {
  /** Topic of the messages. */
  topic: string
  /** What `poll` was given. */
  cursor: string | null
  context: ConnectorContext
  /** How long the partner's index may lag: so much before the newest change seen is read again. */
  overlapMs: number
  /** The first run leaves out what changed before this. */
  from?: number | null
  /**
   * One page of what changed at `since` or later (round down to what the partner understands), oldest change first. Null
   * `since`: everything. Null `page`: the first one. Both stand in the cursor, so a run goes on in another process.
   */
  fetchPage(at: { since: number | null; page: string | null }): Promise<FetchedPage<Item>>
  /**
   * What `page` means. `stable` (unless told): a place in the data. `shifting`: a number or an offset, and a record that
   * changes while we read moves the others by one; so each page begins anew at the newest change of the one before, and
   * numbers only count inside one instant.
   */
  pages?: 'stable' | 'shifting'
  idOf(item: Item): string
  /** Epoch milliseconds. */
  changedAt(item: Item): number
  /** What is stored, as JSON; the item unless told. */
  bodyOf?(item: Item): unknown
  /** Stored with every message, beside the content type. */
  headers?: Record<string, string>
}

/**
 * Polls by time of change. The watermark moves only when a run is complete; until then the cursor carries the
 * continuation. The newest instant is always read again, because others may still get the same time; a record that did not
 * change has the dedupe key it had. A list that repeats itself is `PARTNER_ANSWER_INVALID`.
 */
export async function* pollChangedSince<Item>(poll: PollChangedSince<Item>): AsyncGenerator<PolledPage> {
  const { context } = poll
  const onward = refuseCircles()
  let cursor = readChangedCursor(poll.cursor)
  let before = ''
  for (let last = false; !last; ) {
    context.signal.throwIfAborted()
    const askedAt = context.now()
    const since = cursor.from ?? lowerBound(cursor, poll)
    const { items, next } = await poll.fetchPage({ since, page: cursor.page ?? null })
    const messages = items.map(item => messageOf(poll, { item, askedAt }))
    if (cursor.page !== undefined) refuseRepeated(messages, before)
    before = keysOf(messages)
    const newest = Math.max(cursor.newest ?? -Infinity, ...items.map(item => timeOf(poll, item)))
    cursor = advance(cursor, { since, next, newest, askedAt, shifting: poll.pages === 'shifting' })
    last = next === null
    if (!last) onward(`${cursor.from}|${cursor.page}`)
    const reached = poll.pages === 'shifting' && Number.isFinite(newest) ? { reached: newest } : {}
    yield { messages, cursor: JSON.stringify(cursor), ...reached }
  }
}

/** Never before the wanted beginning, never after the watermark. */
function lowerBound(
  { since }: ChangedCursor,
  { overlapMs, from }: Pick<PollChangedSince<unknown>, 'overlapMs' | 'from'>,
): number | null {
  if (since === null) return from ?? null
  return Math.min(since, Math.max(since - overlapMs, from ?? -Infinity))
}

function timeOf<Item>(poll: Pick<PollChangedSince<Item>, 'changedAt' | 'topic'>, item: Item): number {
  const time = poll.changedAt(item)
  if (Number.isFinite(time)) return time
  throw new HubError('PARTNER_ANSWER_INVALID', {
    detail: `A record of ${poll.topic} does not say when it changed.`,
    fingerprint: poll.topic,
  })
}

/**
 * The digest keeps apart two states of one instant. The event's time is when we asked: what was read later is newer,
 * however coarse the partner's clock.
 */
function messageOf<Item>(
  poll: PollChangedSince<Item>,
  { item, askedAt }: { item: Item; askedAt: number },
): RawMessage {
  const { topic, headers } = poll
  const body = Buffer.from(JSON.stringify(poll.bodyOf ? poll.bodyOf(item) : item))
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 16)
  return {
    topic,
    dedupeKey: [topic, poll.idOf(item), timeOf(poll, item), digest].join('|'),
    eventAt: askedAt,
    changedAt: timeOf(poll, item),
    headers: { 'content-type': 'application/json', ...headers },
    body,
  }
}

const keysOf = (messages: readonly RawMessage[]): string =>
  messages.map(({ dedupeKey }) => dedupeKey).join('\n')

/** A partner that ignores the page asked for gives the first one for ever. */
function refuseRepeated(messages: readonly RawMessage[], before: string): void {
  if (messages.length > 0 && keysOf(messages) === before)
    throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The list repeats its page.' })
}
