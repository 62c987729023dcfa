import type { Collection } from 'mongodb'
import type { MessageFilter, MessageSummary, Page, PageRequest } from '../../contracts/store.ts'
import { decodeCursor } from '../paging.ts'
import { startOf } from './arrivals.ts'
import { equals } from './filters.ts'
import { Listing } from './listing.ts'
import { summaryOf, WITHOUT_BODY } from './message-rows.ts'
import type { Row } from './shape.ts'

/**
 * `seq` begins with the time of receipt, so both kinds of lists are walks of the same indexes. The total of a range is
 * counted for its first page and then travels in the cursor: a walk over a million records counts them once.
 */
export function createMessageLists(collection: Collection<Row>) {
  const listing = new Listing<MessageSummary>({ collection, projection: WITHOUT_BODY, toItem: summaryOf })

  async function range(filter: MessageFilter, request: PageRequest): Promise<Page<MessageSummary>> {
    const [before, counted] = decodeCursor(request, 2) ?? []
    const conditions = conditionsOf(filter)
    const [rows, total] = await Promise.all([
      listing.newest(conditions, request, before),
      counted === undefined ? listing.count(conditions) : Number(counted),
    ])
    return listing.pageOf(rows, request, total, seq => [seq, total])
  }

  return {
    page: (filter: MessageFilter, request: PageRequest = {}): Promise<Page<MessageSummary>> =>
      filter.from === undefined && filter.to === undefined
        ? listing.page(conditionsOf(filter), request)
        : range(filter, request),
  }
}

function conditionsOf({ from, to, document, ...filter }: MessageFilter) {
  const seq = {
    ...(from !== undefined && { $gte: startOf(from) }),
    ...(to !== undefined && { $lt: startOf(to) }),
  }
  return {
    ...equals(['tenant', 'connection', 'topic', 'state'], filter),
    ...(document !== undefined && { documents: { $eq: document } }),
    ...(Object.keys(seq).length > 0 && { seq }),
  }
}
