import {
  type ConnectorContext,
  formatInstant,
  nextByMember,
  type PolledPage,
  parseInstant,
  pollChangedSince,
} from '../../../sdk/index.ts'
import { spApi } from '../api/sp-api.ts'
import { EXTERNAL_RETURN } from '../topics.ts'
import { firstPollFrom } from './first-poll.ts'

/** Amazon finds returns by the time they were made; one that is on its way goes on changing for about so long. */
const OVERLAP_MS = 30 * 86_400_000

interface ExternalReturn {
  id: string
  creationDateTime?: string
  lastUpdatedDateTime?: string
}

/** Returns of External Fulfilment. Pages may be empty before the last one. */
export function pollReturns(cursor: string | null, context: ConnectorContext): AsyncIterable<PolledPage> {
  const api = spApi(context)
  return pollChangedSince<ExternalReturn>({
    topic: EXTERNAL_RETURN,
    cursor,
    context,
    overlapMs: OVERLAP_MS,
    from: firstPollFrom(context),
    async fetchPage({ since, page }) {
      const answer = await api.call<{ returns?: ExternalReturn[] }>({
        operation: 'externalFulfillmentReturns.listReturns',
        version: '2024-09-11',
        query: {
          createdSince: formatInstant(since ?? firstPollFrom(context)),
          maxResults: 100,
          ...(page === null ? {} : { nextToken: page }),
        },
      })
      return { items: answer.returns ?? [], next: nextByMember(answer, '/nextToken') }
    },
    idOf: ({ id }) => id,
    changedAt: ({ lastUpdatedDateTime, creationDateTime }) =>
      parseInstant(lastUpdatedDateTime ?? creationDateTime ?? '')?.ms ?? Number.NaN,
  })
}
