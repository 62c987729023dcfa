import {
  type ConnectorContext,
  type Feed,
  HubError,
  type PolledPage,
  parseInstant,
  pollChangedSince,
  pollSnapshot,
} from '../../sdk/index.ts'
import { bigcommerceApi, fetchV2, fetchV3 } from './api.ts'
import { rfc3339 } from './dates.ts'
import { stockPage } from './fetch/stock.ts'
import { bigcommerceSettings } from './settings.ts'
import { REST_ORDER, REST_PRODUCT, REST_REFUND, REST_SHIPMENTS, REST_STOCK } from './topics.ts'

type BigItem = { id: number; items_shipped?: number } & Record<string, unknown>

interface Listing {
  topic: string
  path: string
  /** Parameter for the earliest change wanted. */
  since: string
  query: Record<string, string>
  /** Member that says when a record changed. */
  changed: string
  bodyOf?(item: BigItem): unknown
  wanted?(item: BigItem): boolean
}

const ORDERS = {
  path: '/v2/orders',
  since: 'min_date_modified',
  query: { sort: 'date_modified:asc' },
} as const

const LISTINGS: Readonly<Partial<Record<Feed, Listing>>> = {
  order: { ...ORDERS, topic: REST_ORDER, changed: 'date_modified' },
  // There is no list of shipments over all orders: the orders that changed and have any are asked for theirs.
  shipment: {
    ...ORDERS,
    topic: REST_SHIPMENTS,
    changed: 'date_modified',
    wanted: ({ items_shipped: units = 0 }) => units > 0,
    bodyOf: ({ id, items_shipped, date_modified }) => ({ id, items_shipped, date_modified }),
  },
  return: {
    topic: REST_REFUND,
    path: '/v3/orders/payment_actions/refunds',
    since: 'created:min',
    query: {},
    changed: 'created',
  },
  product: {
    topic: REST_PRODUCT,
    path: '/v3/catalog/products',
    since: 'date_modified:min',
    query: { sort: 'date_modified', direction: 'asc', include: 'variants,images,options' },
    changed: 'date_modified',
  },
}

/** What changed, oldest first; stock, whose list knows no time, is compared with the last reading. */
export function poll(
  feed: Feed,
  cursor: string | null,
  context: ConnectorContext,
): AsyncIterable<PolledPage> {
  const listing = LISTINGS[feed]
  if (listing) return changed(listing, cursor, context)
  if (feed !== 'inventory') throw new HubError('UNEXPECTED', { detail: `BigCommerce has no feed ${feed}.` })
  const api = bigcommerceApi(context)
  return pollSnapshot({
    ...{ topic: REST_STOCK, cursor, context },
    fetchPage: page => stockPage(api, Number(page ?? 1)),
    idOf: ({ variant_id: variant, location_id: location }) => `${String(variant)}@${String(location)}`,
  })
}

function changed(
  { topic, path, since: parameter, query, changed: member, bodyOf, wanted }: Listing,
  cursor: string | null,
  context: ConnectorContext,
): AsyncIterable<PolledPage> {
  const api = bigcommerceApi(context)
  const { overlapMs, pollFrom } = bigcommerceSettings(context.connection)
  const fetchPage = path.startsWith('/v2/') ? fetchV2<BigItem> : fetchV3<BigItem>
  return pollChangedSince<BigItem>({
    ...{ topic, cursor, context, overlapMs, from: pollFrom, ...(bodyOf ? { bodyOf } : {}) },
    // Numbered pages: a record that changes while we read moves the others.
    pages: 'shifting',
    async fetchPage({ since, page }) {
      const after = since === null ? {} : { [parameter]: new Date(floor(since)).toISOString() }
      const { items, next } = await fetchPage(api, { path, query: { ...query, ...after } }, Number(page ?? 1))
      return { items: wanted ? items.filter(wanted) : items, next }
    },
    idOf: ({ id }) => String(id),
    changedAt: item => parseInstant(rfc3339(String(item[member])))?.ms ?? Number.NaN,
  })
}

/** The store's clock has whole seconds. */
const floor = (ms: number): number => ms - (ms % 1_000)
