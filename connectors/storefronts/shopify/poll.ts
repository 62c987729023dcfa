import { type ConnectorContext, type Feed, HubError, type PolledPage } from '../../sdk/index.ts'
import { pollLevels } from './poll-levels.ts'
import { pollOrders } from './poll-orders.ts'
import { pollProducts } from './poll-products.ts'

type Poll = (cursor: string | null, context: ConnectorContext) => AsyncGenerator<PolledPage>

const POLLS: Readonly<Partial<Record<Feed, Poll>>> = {
  order: pollOrders,
  inventory: pollLevels,
  product: pollProducts,
}

/** What changed, by GraphQL: the net under webhooks, and the way to the past. */
export function poll(
  feed: Feed,
  cursor: string | null,
  context: ConnectorContext,
): AsyncGenerator<PolledPage> {
  const read = POLLS[feed]
  if (!read) throw new HubError('CONFIG_INVALID', { detail: `Shopify has no feed “${feed}”.` })
  return read(cursor, context)
}
