import {
  type ConnectorContext,
  formatInstant,
  nextByMember,
  type PolledPage,
  parseInstant,
  pollChangedSince,
} from '../../../sdk/index.ts'
import { spApi } from '../api/sp-api.ts'
import { SETTLEMENT_REPORT } from '../settlements/fetch-settlement.ts'
import { SETTLEMENT } from '../topics.ts'
import { firstPollFrom } from './first-poll.ts'

interface Report {
  reportId: string
  reportDocumentId?: string
  createdTime?: string
}

/** Reports are looked for among those of the last 90 days; Amazon refuses more. */
const LOOK_BACK_MS = 89 * 86_400_000

/** Settlement reports, which Amazon makes by itself and nobody can ask for. The message is thin: `decode` fetches the document. */
export function pollSettlements(cursor: string | null, context: ConnectorContext): AsyncIterable<PolledPage> {
  const api = spApi(context)
  return pollChangedSince<Report>({
    topic: SETTLEMENT,
    cursor,
    context,
    overlapMs: 0,
    from: firstPollFrom(context),
    async fetchPage({ since, page }) {
      const oldest = context.now() - LOOK_BACK_MS
      const createdSince = formatInstant(Math.max(since ?? oldest, oldest))
      const answer = await api.call<{ reports?: Report[] }>({
        operation: 'reports.getReports',
        version: '2021-06-30',
        // The continuation allows nothing beside it.
        query:
          page === null
            ? { reportTypes: [SETTLEMENT_REPORT], processingStatuses: ['DONE'], pageSize: 100, createdSince }
            : { nextToken: page },
      })
      return { items: answer.reports ?? [], next: nextByMember(answer, '/nextToken') }
    },
    idOf: ({ reportId }) => reportId,
    changedAt: ({ createdTime }) => parseInstant(createdTime ?? '')?.ms ?? Number.NaN,
    bodyOf: ({ reportId, reportDocumentId, createdTime }) => ({ reportId, reportDocumentId, createdTime }),
  })
}
