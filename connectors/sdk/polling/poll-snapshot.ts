import { createHash } from 'node:crypto'
import type { ConnectorContext, PolledPage, RawMessage } from '#core/contracts/connector.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { type FetchedPage, pagesOf } from '../paging.ts'

export interface PollSnapshot<Item> {
  /** Topic of the messages. */
  topic: string
  /** What `poll` was given. */
  cursor: string | null
  context: ConnectorContext
  /** One page of the whole list; null: the first. */
  fetchPage(page: string | null): Promise<FetchedPage<Item>>
  idOf(item: Item): string
}

/** Per id: digest of what was read last, and how often it had changed by then. */
type Known = Map<string, readonly [digest: string, changes: number]>

/**
 * Polls a list that cannot be asked for changes: it is read whole, and only what differs from the last reading becomes a
 * message. The cursor keeps a digest per record (some 30 bytes each). The dedupe key counts the changes, because a stock
 * that goes from 5 to 4 and back to 5 is three pieces of news; read again after a crash, it is the same.
 */
export async function* pollSnapshot<Item>(poll: PollSnapshot<Item>): AsyncGenerator<PolledPage> {
  const { context } = poll
  const before = readKnown(poll.cursor)
  const known: Known = new Map(before)
  const seen = new Set<string>()
  for await (const { items, next } of pagesOf(page => poll.fetchPage(page), { signal: context.signal })) {
    const messages = items.flatMap(item => news(poll, known, item) ?? [])
    for (const item of items) seen.add(poll.idOf(item))
    // What was not in the whole list is gone; should it return, it is news.
    if (next === null) for (const id of known.keys()) if (!seen.has(id)) known.delete(id)
    yield { messages, cursor: JSON.stringify([...known]) }
  }
}

function news<Item>(poll: PollSnapshot<Item>, known: Known, item: Item): RawMessage | undefined {
  const body = Buffer.from(JSON.stringify(item))
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 12)
  const id = poll.idOf(item)
  const [last, changes] = known.get(id) ?? [undefined, 0]
  if (last === digest) return undefined
  known.set(id, [digest, changes + 1])
  return {
    topic: poll.topic,
    dedupeKey: [poll.topic, id, digest, changes + 1].join('|'),
    eventAt: poll.context.now(),
    headers: { 'content-type': 'application/json' },
    body,
  }
}

function readKnown(cursor: string | null): Known {
  if (cursor === null) return new Map()
  try {
    return new Map(JSON.parse(cursor) as Iterable<[string, [string, number]]>)
  } catch (cause) {
    throw new HubError('UNEXPECTED', { detail: 'The cursor of a snapshot poll cannot be read.', cause })
  }
}
