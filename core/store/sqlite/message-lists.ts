import type { MessageFilter, MessageSummary, Page, PageRequest } from '../../contracts/store.ts'
import type { Terms } from './conditions.ts'
import { Listing } from './listing.ts'
import { MESSAGE, visible } from './message-table.ts'
import type { Parts } from './repository.ts'
import type { Row } from './rows.ts'
import { TimeRange } from './time-range.ts'

/** What the tallies know of messages. */
type Tallied = Pick<MessageFilter, 'tenant' | 'connection' | 'topic' | 'state'>

const TALLIED: Terms<Tallied> = {
  tenant: 'tenant = ?',
  connection: 'place = ?',
  topic: 'topic = ?',
  state: 'state = ?',
}
const BY_DOCUMENT = 'seq IN (SELECT seq FROM messageDocuments WHERE document = ?)'

/** In order of arrival; between two times, in order of the time of receipt. */
export function createMessageLists({ prepare, tallies }: Pick<Parts, 'prepare' | 'tallies'>) {
  const arrivals = new Listing<Omit<MessageFilter, 'from' | 'to'>, MessageSummary>({
    prepare,
    table: 'messages',
    columns: MESSAGE.columns,
    terms: {
      tenant: 'tenant = ?',
      connection: 'connection = ?',
      topic: 'topic = ?',
      state: 'state = ?',
      document: BY_DOCUMENT,
    },
    toItem: summaryOf,
    tallied: { ...{ tallies, kind: 'message', place: 'connection', state: 'state' }, terms: TALLIED },
  })
  const range = new TimeRange<MessageFilter, MessageSummary>({
    ...{ prepare, tallies, kind: 'message', table: 'messages', columns: MESSAGE.columns },
    ...{ place: 'connection', time: 'receivedAt', toItem: summaryOf },
    seriesTerms: TALLIED,
    terms: { state: 'state = ?', document: BY_DOCUMENT },
  })

  return {
    page: (filter: MessageFilter, request?: PageRequest): Page<MessageSummary> =>
      filter.from === undefined && filter.to === undefined
        ? arrivals.page(filter, request)
        : range.page(filter, request),
  }
}

function summaryOf(row: Row): MessageSummary {
  const { editedBy: _editedBy, editedAt, ...summary } = visible(MESSAGE.record(row))
  return { ...summary, edited: editedAt !== undefined }
}
