import type { ConnectorContext, Feed, PolledPage } from '../../sdk/index.ts'
import { netsuiteApi } from './api.ts'
import { pollBalances } from './polls/balances.ts'
import { pollFulfilments } from './polls/fulfilments.ts'
import { pollItems } from './polls/items.ts'

export async function* poll(
  feed: Feed,
  cursor: string | null,
  context: ConnectorContext,
): AsyncIterable<PolledPage> {
  const api = netsuiteApi(context)
  if (feed === 'product') yield* pollItems(api, cursor, context)
  if (feed === 'inventory') yield* pollBalances(api, cursor, context)
  if (feed === 'shipment') yield* pollFulfilments(api, cursor, context)
}
