import {
  type ConnectorContext,
  type Feed,
  HubError,
  type PolledPage,
  parseInstant,
  pollChangedSince,
} from '../../sdk/index.ts'
import type { WooRecord } from './fetch-back.ts'
import { wooSettings } from './settings.ts'
import { REST_ORDER, REST_PRODUCT, REST_REFUNDS, REST_STOCK, REST_TRACKINGS } from './topics.ts'
import { trackingsIn } from './trackings.ts'
import { nextOf, wooApi } from './woo-api.ts'

interface WooFeed {
  topic: string
  path: '/orders' | '/products'
  /** Only these members are asked for and stored; all of them unless told. */
  fields?: readonly string[]
  /** What is stored; null: nothing of this record. */
  bodyOf?(record: WooRecord): WooRecord | null
}

const FEEDS: Readonly<Partial<Record<Feed, WooFeed>>> = {
  order: { topic: REST_ORDER, path: '/orders' },
  return: {
    topic: REST_REFUNDS,
    path: '/orders',
    fields: ['id', 'number', 'currency', 'prices_include_tax', 'date_modified_gmt', 'refunds'],
    bodyOf: order => (isFilled(order['refunds']) ? order : null),
  },
  shipment: {
    topic: REST_TRACKINGS,
    path: '/orders',
    fields: ['id', 'number', 'date_modified_gmt', 'meta_data'],
    // Other plugins’ meta data is none of the hub’s business.
    bodyOf({ meta_data: metaData, ...order }) {
      const trackings = trackingsIn(metaData)
      return trackings.length > 0 ? { ...order, trackings } : null
    },
  },
  inventory: {
    topic: REST_STOCK,
    path: '/products',
    fields: [
      ...['id', 'parent_id', 'type', 'name', 'sku', 'global_unique_id', 'variations'],
      ...['manage_stock', 'stock_quantity', 'stock_status', 'date_modified', 'date_modified_gmt'],
    ],
  },
  product: { topic: REST_PRODUCT, path: '/products' },
}

/** Marks a record of which nothing is stored; its time of change still moves the cursor. */
const NOTHING = 'x-crossdock-nothing'

/** What changed, oldest first, by `modified_after`: the net under webhooks that are never repeated. */
export function poll(
  feed: Feed,
  cursor: string | null,
  context: ConnectorContext,
): AsyncIterable<PolledPage> {
  const { topic, path, fields, bodyOf } = feedOf(feed)
  const { overlapMs, pollFrom } = wooSettings(context.connection)
  const api = wooApi(context)
  const polled = pollChangedSince<WooRecord>({
    topic,
    cursor,
    context,
    overlapMs,
    from: pollFrom,
    // Numbered pages: a record that changes while we read moves the others.
    pages: 'shifting',
    async fetchPage({ since, page }) {
      const number = Number(page ?? 1)
      const { items, pages } = await api.page<WooRecord>(path, {
        ...{ orderby: 'modified', order: 'asc', page: number },
        ...(since === null ? {} : { modified_after: justBefore(since), dates_are_gmt: true }),
        ...(fields ? { _fields: fields.join(',') } : {}),
      })
      return { items, next: nextOf({ number, received: items.length, pages }) }
    },
    idOf: ({ id }) => String(id),
    changedAt: record => parseInstant(`${String(record['date_modified_gmt'])}Z`)?.ms ?? Number.NaN,
    bodyOf: record => (bodyOf ? (bodyOf(record) ?? { [NOTHING]: true }) : record),
  })
  return bodyOf ? withoutNothing(polled) : polled
}

async function* withoutNothing(pages: AsyncIterable<PolledPage>): AsyncGenerator<PolledPage> {
  const nothing = Buffer.from(JSON.stringify({ [NOTHING]: true }))
  for await (const page of pages)
    yield { ...page, messages: page.messages.filter(({ body }) => !body.equals(nothing)) }
}

/** `modified_after` leaves its own second out. WordPress reads the time as UTC where `dates_are_gmt` is set. */
const justBefore = (ms: number): string => new Date(ms - 1_000).toISOString().slice(0, 19)

const isFilled = (value: unknown): boolean => Array.isArray(value) && value.length > 0

function feedOf(feed: Feed): WooFeed {
  const known = FEEDS[feed]
  if (known) return known
  throw new HubError('UNEXPECTED', { detail: `WooCommerce has no feed ${feed}.` })
}
