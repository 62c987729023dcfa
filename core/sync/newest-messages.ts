import type { MessageFilter, MessageSummary, Messages } from '../contracts/store.ts'

const PAGE = 200

interface Stream {
  filter: MessageFilter
  waiting: MessageSummary[]
  next: string | undefined
  /** Nothing is left to read behind what waits. */
  ended: boolean
}

/** All whose payload is still there: newest received first, over several filters whose messages do not overlap; a page of each is in memory, not more. */
export async function* newestMessages(
  messages: Pick<Messages, 'list'>,
  filters: readonly MessageFilter[],
): AsyncGenerator<MessageSummary, void, void> {
  const streams = filters.map(filter => ({ filter, waiting: [], next: undefined, ended: false }) as Stream)
  for (;;) {
    for (const stream of streams) await fill(messages, stream)
    const newest = streams
      .filter(({ waiting }) => waiting.length > 0)
      .reduce<Stream | null>((best, one) => (best && receivedAt(best) >= receivedAt(one) ? best : one), null)
    if (!newest) return
    yield newest.waiting.shift()!
  }
}

const receivedAt = ({ waiting }: Stream): number => waiting[0]!.receivedAt

async function fill(messages: Pick<Messages, 'list'>, stream: Stream): Promise<void> {
  while (stream.waiting.length === 0 && !stream.ended) {
    const page = await messages.list(stream.filter, { limit: PAGE, after: stream.next })
    stream.waiting = page.items.filter(({ erased }) => !erased)
    stream.next = page.next ?? undefined
    stream.ended = page.next === null
  }
}
