import { type ConnectorContext, type Feed, HubError, type PolledPage } from '../../sdk/index.ts'
import { pollInventory } from './polls/inventory.ts'
import { pollOrders } from './polls/orders.ts'
import { pollQueue } from './polls/queue.ts'
import { pollReturns } from './polls/returns.ts'
import { pollSettlements } from './polls/settlements.ts'

type Poll = (cursor: string | null, context: ConnectorContext) => AsyncIterable<PolledPage>

const POLLS: Partial<Record<Feed, Poll>> = {
  queue: (_cursor, context) => pollQueue(context),
  order: pollOrders,
  inventory: pollInventory,
  return: pollReturns,
  settlement: pollSettlements,
}

/** Notifications from the queue come first; the lists find what they missed. */
export function poll(
  feed: Feed,
  cursor: string | null,
  context: ConnectorContext,
): AsyncIterable<PolledPage> {
  const read = POLLS[feed]
  if (!read) throw new HubError('CONFIG_INVALID', { detail: `Amazon has no feed “${feed}”.` })
  return read(cursor, context)
}
