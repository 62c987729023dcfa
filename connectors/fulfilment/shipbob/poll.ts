import {
  type Api,
  type ConnectorContext,
  type Feed,
  type PolledPage,
  pollChangedSince,
  pollSnapshot,
} from '../../sdk/index.ts'
import { fetchList, shipbobApi } from './api.ts'
import { shipbobSettings } from './settings.ts'
import { POLLED_ORDER, POLLED_RETURN, POLLED_STOCK } from './topics.ts'

const PAGE = 250
/** Changes show up in the lists a little later than in the webhooks. */
const OVERLAP_MS = 300_000

export async function* poll(
  feed: Feed,
  cursor: string | null,
  context: ConnectorContext,
): AsyncIterable<PolledPage> {
  const api = shipbobApi(context)
  if (feed === 'shipment') yield* changedOrders(api, cursor, context)
  if (feed === 'return') yield* returns(api, cursor, context)
  if (feed === 'inventory') yield* stock(api, cursor, context)
}

interface PolledOrder {
  id: number
  created_date: string
  shipments?: { last_update_at?: string; last_tracking_update_at?: string }[]
}

/** Orders bring their shipments; what webhooks missed is found here. */
function changedOrders(
  api: Api,
  cursor: string | null,
  context: ConnectorContext,
): AsyncIterable<PolledPage> {
  const { pollFrom } = shipbobSettings(context.connection)
  return pollChangedSince<PolledOrder>({
    ...{ topic: POLLED_ORDER, cursor, context, overlapMs: OVERLAP_MS },
    from: pollFrom ? Date.parse(pollFrom) : null,
    // What its cursors count is not documented; an order that ships meanwhile moves to the end.
    pages: 'shifting',
    fetchPage: ({ since, page }) =>
      fetchList(api, page === null ? { path: '/order', query: changedAfter(since) } : { path: page }),
    idOf: order => String(order.id),
    changedAt: lastChange,
  })
}

const changedAfter = (since: number | null) => ({
  Limit: PAGE,
  SortOrder: 'Oldest',
  LastUpdateStartDate: since === null ? undefined : new Date(since).toISOString(),
})

/** An order itself carries no time of change: its shipments do. */
const lastChange = ({ created_date, shipments = [] }: PolledOrder): number =>
  Math.max(
    ...[created_date, ...shipments.flatMap(one => [one.last_update_at, one.last_tracking_update_at])]
      .filter(time => typeof time === 'string')
      .map(time => Date.parse(time)),
  )

const returns = (api: Api, cursor: string | null, context: ConnectorContext): AsyncIterable<PolledPage> =>
  pollSnapshot<{ id: number }>({
    ...{ topic: POLLED_RETURN, cursor, context },
    fetchPage: page =>
      fetchList(api, page === null ? { path: '/return', query: { Limit: PAGE } } : { path: page }),
    idOf: one => String(one.id),
  })

interface StockItem {
  inventory_id: number
  locations?: { location_id: number; name?: string }[]
}

type StockRecord = StockItem & { location_id: number; location_name: string | undefined; counted: true }

/** One record an item and location. */
function stock(api: Api, cursor: string | null, context: ConnectorContext): AsyncIterable<PolledPage> {
  const first = { path: '/inventory-level/locations', query: { Limit: PAGE } }
  return pollSnapshot<StockRecord>({
    ...{ topic: POLLED_STOCK, cursor, context },
    async fetchPage(page) {
      const { items, next } = await fetchList<StockItem>(api, page === null ? first : { path: page })
      return { items: items.flatMap(perLocation), next }
    },
    idOf: record => `${record.inventory_id}@${record.location_id}`,
  })
}

const perLocation = ({ locations = [], ...item }: StockItem): StockRecord[] =>
  locations.map(location => ({ ...location, ...item, location_name: location.name, counted: true }))
