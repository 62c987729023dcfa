import type { ConnectorContext, Feed, PolledPage } from '../../sdk/index.ts'
import { erpnextApi } from './api.ts'
import { pollBins } from './polls/bins.ts'
import { pollDeliveryNotes } from './polls/delivery-notes.ts'
import { pollItems } from './polls/items.ts'

export async function* poll(
  feed: Feed,
  cursor: string | null,
  context: ConnectorContext,
): AsyncIterable<PolledPage> {
  const of = { api: erpnextApi(context), cursor, context }
  if (feed === 'product') yield* pollItems(of)
  if (feed === 'inventory') yield* pollBins(of)
  if (feed === 'shipment') yield* pollDeliveryNotes(of)
}
