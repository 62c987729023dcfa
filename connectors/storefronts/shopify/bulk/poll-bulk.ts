import { type ConnectorContext, HubError, type PolledPage } from '../../../sdk/index.ts'
import type { AdminApi } from '../admin/admin-api.ts'
import type { BulkOperation, OneBulk } from '../operations/bulk.ts'
import type { OrderNode } from '../operations/orders.ts'
import { orderMessage } from '../order-message.ts'
import type { BulkPlace, PollCursor } from '../poll-cursor.ts'
import { completeOrders } from './complete-orders.ts'
import { endedBulk } from './operation.ts'
import { readLines } from './read-lines.ts'
import { readOrders } from './read-orders.ts'

const PAGE_SIZE = 50

export interface BulkPage extends Pick<PolledPage, 'messages' | 'reached'> {
  cursor: PollCursor
}

/**
 * The orders of a bulk operation, waited for and read from where the cursor stands. The file holds what had changed before
 * the operation began, so the next pass begins there. One that failed or was cancelled gives what it has, and pages
 * give the rest; of one whose file is gone, all is asked anew.
 */
export async function* pollBulk(
  api: AdminApi,
  { cursor, bulk }: { cursor: PollCursor; bulk: BulkPlace },
  context: ConnectorContext,
): AsyncGenerator<BulkPage> {
  const { bulk: _ended, ...before } = cursor
  const { shop, operation } = await endedBulk(api, bulk.id, context)
  if (!operation || operation.status === 'EXPIRED') return yield { messages: [], cursor: before }
  const whole = operation.status === 'COMPLETED'
  if (!whole) refuseDenied(operation, context)
  const url = whole ? operation.url : operation.partialDataUrl
  if (url !== null) yield* filePages(api, { cursor, bulk, shop, operation, url }, context)
  yield whole
    ? { messages: [], cursor: { updatedAt: operation.createdAt }, reached: Date.parse(operation.createdAt) }
    : { messages: [], cursor: { ...before, paged: true } }
}

/** What the app may not read, pages will not give either: they say it better. */
function refuseDenied({ errorCode, status }: BulkOperation, { log }: ConnectorContext): void {
  log('warn', 'a bulk operation did not end; its orders are read by pages', { status, errorCode })
  if (errorCode === 'ACCESS_DENIED')
    throw new HubError('UNAUTHORIZED', { detail: 'The app lacks a scope for the bulk query of orders.' })
}

interface File {
  cursor: PollCursor
  bulk: BulkPlace
  shop: OneBulk['shop']
  operation: BulkOperation
  url: string
}

async function* filePages(
  api: AdminApi,
  { cursor, bulk, shop, operation, url }: File,
  context: ConnectorContext,
): AsyncGenerator<BulkPage> {
  const cut = operation.status !== 'COMPLETED'
  const askedAt = Date.parse(operation.createdAt)
  const page = async (orders: readonly OrderNode[], at: number): Promise<BulkPage> => {
    const complete = await completeOrders(api, orders, shop.ianaTimezone)
    // As old as the operation, whenever it is read: what a webhook told since then is newer.
    const messages = complete.map(order => orderMessage(order, askedAt))
    return { messages, cursor: { ...cursor, bulk: { ...bulk, at } } }
  }
  let orders: OrderNode[] = []
  let end = bulk.at
  for await (const { order, next } of readOrders(readLines(context, url, bulk.at), { cut })) {
    context.signal.throwIfAborted()
    orders.push(order)
    end = next
    if (orders.length < PAGE_SIZE) continue
    yield await page(orders, end)
    orders = []
  }
  if (orders.length > 0) yield await page(orders, end)
}
