import type { ConnectorContext, Feed, PolledPage } from '../../sdk/index.ts'
import { pollProducts } from './polls/products.ts'
import { pollStock } from './polls/stock.ts'
import { pollTransfers } from './polls/transfers.ts'

export async function* poll(
  feed: Feed,
  cursor: string | null,
  context: ConnectorContext,
): AsyncIterable<PolledPage> {
  const of = { cursor, context }
  if (feed === 'product') yield* pollProducts(of)
  if (feed === 'inventory') yield* pollStock(of)
  if (feed === 'shipment') yield* pollTransfers(of)
}
