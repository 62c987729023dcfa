import {
  type ConnectorContext,
  formatInstant,
  nextByMember,
  type PolledPage,
  parseInstant,
  pollChangedSince,
} from '../../../sdk/index.ts'
import { type SpApi, spApi } from '../api/sp-api.ts'
import { amazonSettings } from '../settings.ts'
import { FBA_SUMMARY } from '../topics.ts'
import { firstPollFrom } from './first-poll.ts'

/** Amazon's counts are late by minutes. */
const OVERLAP_MS = 15 * 60_000

interface Summary {
  sellerSku?: string
  fnSku?: string
  lastUpdatedTime?: string
}
type Located = Summary & { marketplaceId: string }

/** Stock in Amazon's network that changed, marketplace after marketplace; the continuation carries which one. */
export function pollInventory(cursor: string | null, context: ConnectorContext): AsyncIterable<PolledPage> {
  const { marketplaceIds } = amazonSettings(context.connection)
  const api = spApi(context)
  return pollChangedSince<Located>({
    topic: FBA_SUMMARY,
    cursor,
    context,
    overlapMs: OVERLAP_MS,
    from: firstPollFrom(context),
    async fetchPage({ since, page }) {
      const [index, token] = placeOf(page)
      const marketplaceId = marketplaceIds[index]
      if (marketplaceId === undefined) return { items: [], next: null }
      const { summaries, nextToken } = await read(api, { marketplaceId, since, token })
      const items = summaries.map(summary => ({ ...summary, marketplaceId }))
      const after = nextToken ? `${index}|${nextToken}` : `${index + 1}|`
      return { items, next: nextToken || index + 1 < marketplaceIds.length ? after : null }
    },
    idOf: ({ sellerSku, fnSku, marketplaceId }) => `${sellerSku ?? fnSku}@${marketplaceId}`,
    // A SKU that was never in stock has no time.
    changedAt: ({ lastUpdatedTime }) => parseInstant(lastUpdatedTime ?? '')?.ms ?? 0,
  })
}

function placeOf(page: string | null): [index: number, token: string | null] {
  const [, index = '0', token = ''] = /^(\d+)\|(.*)$/s.exec(page ?? '') ?? []
  return [Number(index), token || null]
}

interface Asked {
  marketplaceId: string
  since: number | null
  token: string | null
}

async function read(api: SpApi, { marketplaceId, since, token }: Asked) {
  const answer = await api.call<{ payload?: { inventorySummaries?: Summary[] } }>({
    operation: 'fbaInventory.getInventorySummaries',
    version: 'v1',
    query: {
      details: true,
      granularityType: 'Marketplace',
      granularityId: marketplaceId,
      marketplaceIds: [marketplaceId],
      ...(since === null ? {} : { startDateTime: formatInstant(since) }),
      ...(token === null ? {} : { nextToken: token }),
    },
  })
  return {
    summaries: answer.payload?.inventorySummaries ?? [],
    nextToken: nextByMember(answer, '/pagination/nextToken'),
  }
}
