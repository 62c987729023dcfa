import {
  type ConnectorContext,
  type FetchedPage,
  formatInstant,
  nextByMember,
  type PolledPage,
  parseInstant,
  pollChangedSince,
} from '../../../sdk/index.ts'
import { type SpApi, spApi } from '../api/sp-api.ts'
import { INCLUDED_DATA } from '../orders/fetch-order.ts'
import { restrictedOrders, withItems } from '../orders/orders-v0.ts'
import { amazonSettings } from '../settings.ts'
import { ORDER_TOPIC } from '../topics.ts'
import { firstPollFrom } from './first-poll.ts'

const PAGE_SIZE = 100

/** What Amazon's index may be late, beside the lag that it asks for. */
const OVERLAP_MS = 5 * 60_000

/** Orders that changed, all up to `orderLagSeconds` ago. The continuation lives for a day, longer than a run. */
export function pollOrders(cursor: string | null, context: ConnectorContext): AsyncIterable<PolledPage> {
  const { ordersApi } = amazonSettings(context.connection)
  const reader = ordersApi === 'v0' ? readV0 : read2026
  return pollChangedSince<OrderLike>({
    topic: ORDER_TOPIC[ordersApi],
    cursor,
    context,
    overlapMs: OVERLAP_MS,
    from: firstPollFrom(context),
    fetchPage: reader(spApi(context), context),
    idOf: order => String(order.orderId ?? order.AmazonOrderId),
    changedAt: order => parseInstant(String(order.lastUpdatedTime ?? order.LastUpdateDate))?.ms ?? Number.NaN,
  })
}

type OrderLike = {
  orderId?: string
  lastUpdatedTime?: string
  AmazonOrderId?: string
  LastUpdateDate?: string
}

type ReadPage = (at: { since: number | null; page: string | null }) => Promise<FetchedPage<OrderLike>>

function read2026(api: SpApi, context: ConnectorContext): ReadPage {
  return async ({ since, page }) => {
    const answer = await api.call<{ orders?: OrderLike[] }>({
      operation: 'orders.searchOrders',
      version: '2026-01-01',
      query: {
        ...window('lastUpdated', context, { since, page }),
        marketplaceIds: [...amazonSettings(context.connection).marketplaceIds],
        includedData: [...INCLUDED_DATA],
        maxResultsPerPage: PAGE_SIZE,
        ...(page === null ? {} : { paginationToken: page }),
      },
    })
    return { items: answer.orders ?? [], next: nextByMember(answer, '/pagination/nextToken') }
  }
}

function readV0(api: SpApi, context: ConnectorContext): ReadPage {
  return async ({ since, page }) => {
    const restricted = await restrictedOrders(api)
    const answer = await api.call<{ payload?: { Orders?: OrderLike[] } }>({
      operation: 'orders.getOrders',
      version: 'v0',
      restricted,
      query: {
        ...window('LastUpdated', context, { since, page }),
        MarketplaceIds: [...amazonSettings(context.connection).marketplaceIds],
        MaxResultsPerPage: PAGE_SIZE,
        ...(page === null ? {} : { NextToken: page }),
      },
    })
    const items: OrderLike[] = []
    for (const order of answer.payload?.Orders ?? []) items.push(await withItems(api, order, restricted))
    return { items, next: nextByMember(answer, '/payload/NextToken') }
  }
}

/** A continuation remembers its own end; Amazon refuses an end less than two minutes ago. */
function window(
  name: 'lastUpdated' | 'LastUpdated',
  context: ConnectorContext,
  { since, page }: { since: number | null; page: string | null },
): Record<string, string> {
  const { orderLagSeconds } = amazonSettings(context.connection)
  const end = context.now() - orderLagSeconds * 1_000
  const after = Math.min(since ?? firstPollFrom(context), end - 1_000)
  return {
    [`${name}After`]: formatInstant(after),
    ...(page === null ? { [`${name}Before`]: formatInstant(end) } : {}),
  }
}
