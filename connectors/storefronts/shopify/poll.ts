import { createHash } from 'node:crypto'
import {
  type ConnectorContext,
  type Feed,
  formatInstant,
  type PolledPage,
  pagesOf,
  type RawMessage,
} from '../../sdk/index.ts'
import { type AdminApi, adminApi } from './admin/admin-api.ts'
import { GRAPHQL_ORDER } from './manifest.ts'
import { ORDERS, type OrderNode, type OrdersPage } from './operations/orders.ts'
import { type PollCursor, readCursor } from './poll-cursor.ts'
import { pollLevels } from './poll-levels.ts'
import { isTooCostly } from './responses.ts'
import { settingsOf } from './settings.ts'
import { wholeOrder } from './whole-order.ts'

const PAGE_SIZE = 50

/** Shopify pages through 25 000 objects of one query at most: before that, the pass begins anew where it stands. */
const PASS_LIMIT = 20_000

export const poll = (
  feed: Feed,
  cursor: string | null,
  context: ConnectorContext,
): AsyncGenerator<PolledPage> =>
  feed === 'inventory' ? pollLevels(cursor, context) : pollOrders(cursor, context)

/**
 * Orders that changed, oldest change first. A pass begins a little before the newest change seen, because the search index
 * behind `query` lags; what it meets again has the dedupe key it had before. Inside a pass Shopify's continuation carries
 * time and id, so orders of one second are neither lost nor repeated at a page's edge.
 */
async function* pollOrders(text: string | null, context: ConnectorContext): AsyncGenerator<PolledPage> {
  const api = await adminApi(context)
  let cursor = readCursor(text)
  for (let again = true; again; ) {
    again = false
    const pass = cursor.pass ?? { since: lowerBound(cursor, context), after: null, read: 0 }
    const fetchPage = pageReader({ api, context, since: pass.since })
    let { read } = pass
    for await (const { items, next } of pagesOf(fetchPage, { after: pass.after, signal: context.signal })) {
      read += items.length
      const updatedAt = newest(cursor.updatedAt, items)
      again = next !== null && read >= PASS_LIMIT && lowerBound({ updatedAt }, context) !== pass.since
      cursor =
        next === null || again ? { updatedAt } : { updatedAt, pass: { since: pass.since, after: next, read } }
      yield { messages: items.map(messageOf), cursor: JSON.stringify(cursor) }
      if (again) break
    }
  }
}

function lowerBound({ updatedAt }: PollCursor, { connection }: ConnectorContext): string | null {
  const { overlapMs, pollFrom } = settingsOf(connection)
  return updatedAt === null ? pollFrom : formatInstant(Date.parse(updatedAt) - overlapMs)
}

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
  const query = since === null ? null : `updated_at:>='${since}'`
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

/**
 * The digest keeps apart two states of one second, which `updatedAt` alone would call the same; an order that did not
 * change gives the same key in every overlap.
 */
function messageOf({ order, askedAt }: ReadOrder): RawMessage {
  const body = Buffer.from(JSON.stringify(order))
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 16)
  return {
    topic: GRAPHQL_ORDER,
    dedupeKey: `poll|${order.id}|${order.updatedAt}|${digest}`,
    eventAt: askedAt,
    headers: { 'content-type': 'application/json' },
    body,
  }
}
