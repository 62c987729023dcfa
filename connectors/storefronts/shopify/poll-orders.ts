import { type ConnectorContext, formatInstant, type PolledPage, pagesOf } from '../../sdk/index.ts'
import { type AdminApi, adminApi } from './admin/admin-api.ts'
import { beginBulk } from './bulk/operation.ts'
import { pollBulk } from './bulk/poll-bulk.ts'
import { COUNT, type Count, ordersInBulk } from './operations/bulk.ts'
import { ORDERS, type OrderNode, type OrdersPage } from './operations/orders.ts'
import { orderMessage } from './order-message.ts'
import { type PollCursor, readCursor } from './poll-cursor.ts'
import { isTooCostly } from './responses.ts'
import { settingsOf } from './settings.ts'
import { wholeOrder } from './whole-order.ts'

const PAGE_SIZE = 50

/** Shopify pages through 25 000 objects of one query at most: before that, the pass begins anew where it stands. */
const PASS_LIMIT = 20_000

/** A pass that begins longer ago may be worth a bulk operation. */
const LONG_AGO_MS = 3 * 86_400_000

/**
 * Orders that changed, oldest change first. A pass begins a little before the newest change seen, because the search index
 * behind `query` lags; what it meets again has the dedupe key it had before. Inside a pass Shopify's continuation carries
 * time and id, so orders of one second are neither lost nor repeated at a page's edge. A long past is read in bulk first.
 */
export async function* pollOrders(
  text: string | null,
  context: ConnectorContext,
): AsyncGenerator<PolledPage> {
  const api = await adminApi(context)
  let cursor = readCursor(text)
  for (let again = true; again; ) {
    if (cursor.bulk) {
      for await (const page of pollBulk(api, { cursor, bulk: cursor.bulk }, context)) {
        cursor = page.cursor
        yield { ...page, cursor: JSON.stringify(cursor) }
      }
    }
    again = false
    for await (const page of onePass({ api, context, cursor })) {
      cursor = page.cursor
      again = page.again
      yield { messages: page.messages, reached: page.reached, cursor: JSON.stringify(cursor) }
    }
  }
}

interface Pass {
  api: AdminApi
  context: ConnectorContext
  cursor: PollCursor
}

interface PassPage extends Pick<PolledPage, 'messages' | 'reached'> {
  cursor: PollCursor
  /** The next one begins anew: in bulk, or where it stands. */
  again: boolean
}

async function* onePass({ api, context, cursor: before }: Pass): AsyncGenerator<PassPage> {
  const { pass: known, ...rest } = before
  const pass = known ?? { since: lowerBound(before, context), after: null, read: 0 }
  const fetchPage = pageReader({ api, context, since: pass.since })
  let { updatedAt } = before
  let { read } = pass
  for await (const { items, next } of pagesOf(fetchPage, { after: pass.after, signal: context.signal })) {
    const isFirst = read === 0
    read += items.length
    updatedAt = newest(updatedAt, items)
    const shared = { messages: items.map(({ order, askedAt }) => orderMessage(order, askedAt)) }
    const bulk = isFirst && next !== null && !rest.paged ? await bulkSince(api, pass.since, context) : null
    if (bulk !== null) {
      yield { ...shared, cursor: { ...rest, bulk: { id: bulk, at: 0 } }, again: true }
      return
    }
    const reached = updatedAt === null ? {} : { reached: Date.parse(updatedAt) }
    const again = next !== null && read >= PASS_LIMIT && lowerBound({ updatedAt }, context) !== pass.since
    const paged = rest.paged ? ({ paged: true } as const) : {}
    const onward =
      next === null ? {} : again ? paged : { ...rest, pass: { since: pass.since, after: next, read } }
    yield { ...shared, ...reached, cursor: { ...onward, updatedAt }, again }
    if (again) return
  }
}

/** The id of an operation that reads the same, begun or found; null where pages are the better way. */
async function bulkSince(api: AdminApi, since: string | null, context: ConnectorContext) {
  if (since !== null && context.now() - Date.parse(since) < LONG_AGO_MS) return null
  const { bulkAbove } = settingsOf(context.connection)
  const query = filterOf(since)
  const { count } = (await api<Count>(COUNT, { query, limit: bulkAbove + 1 })).ordersCount
  return count > bulkAbove ? beginBulk(api, ordersInBulk(query), context) : null
}

function lowerBound(
  { updatedAt, from }: Pick<PollCursor, 'updatedAt' | 'from'>,
  { connection }: ConnectorContext,
): string | null {
  const { overlapMs, pollFrom } = settingsOf(connection)
  return updatedAt === null ? (from ?? pollFrom) : formatInstant(Date.parse(updatedAt) - overlapMs)
}

const filterOf = (since: string | null): string | null => (since === null ? null : `updated_at:>='${since}'`)

interface ReadOrder {
  order: OrderNode
  askedAt: number
}

/** Both are UTC in one form, so text compares as time. */
function newest(known: string | null, orders: readonly ReadOrder[]): string | null {
  const last = orders.at(-1)?.order.updatedAt
  return last === undefined || (known !== null && known > last) ? known : last
}

interface Reader {
  api: AdminApi
  context: ConnectorContext
  since: string | null
}

/** Halves its page when Shopify finds the query too dear: what an order costs depends on the engine's mood, not on us. */
function pageReader({ api, context, since }: Reader) {
  let first = PAGE_SIZE
  const query = filterOf(since)
  return async (after: string | null) => {
    for (;;) {
      const askedAt = context.now()
      try {
        const { orders, shop } = await api<OrdersPage>(ORDERS, { first, after, query })
        const items: ReadOrder[] = []
        for (const node of orders.nodes)
          items.push({ askedAt, order: await wholeOrder(api, node, shop.ianaTimezone) })
        return { items, next: orders.pageInfo.hasNextPage ? orders.pageInfo.endCursor : null }
      } catch (error) {
        if (!isTooCostly(error) || first === 1) throw error
        first = Math.ceil(first / 2)
      }
    }
  }
}
