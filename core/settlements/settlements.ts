import { setImmediate as nextTurn } from 'node:timers/promises'
import type { DocumentFilter, Page, PageRequest, Store, StoredDocument } from '../contracts/store.ts'
import type { Order, Return, Settlement } from '../documents/types.gen.ts'
import { documentId, documentKey } from '../kernel/ids.ts'
import { toScaled } from '../kernel/money.ts'
import { refundedTogether } from '../orchestration/check-refunds.ts'
import { documentsOfOrder, idsOfOrder } from '../orchestration/order-documents.ts'
import { type KnownOrder, linesByOrder } from './match-orders.ts'
import { type PayoutDetail, type PayoutReport, reportOf } from './report.ts'
import { addSums, noSums, type Sums, sumLines } from './sum-lines.ts'

export interface PayoutRow extends PayoutReport {
  id: string
  tenant: string
  connection: string
}

/** Payouts as they stand against the orders and returns that are known now. */
export interface Settlements {
  /** Newest first. */
  list(filter: Pick<DocumentFilter, 'tenant' | 'connection'>, page?: PageRequest): Promise<Page<PayoutRow>>
  /** Null where there is no settlement of this id. */
  show(id: string): Promise<(PayoutDetail & { report: PayoutRow }) | null>
}

type Stores = Pick<Store, 'documents' | 'links'>

/** Orders that are looked up side by side. Then others have their turn: a store in this process answers without a pause. */
const AT_ONCE = 50

export function createSettlements(store: Stores): Settlements {
  const detailOf = async (document: StoredDocument) => {
    const settlement = document.body as unknown as Settlement
    const detail = reportOf(settlement, await knownOrders(store, document))
    const { id, tenant, connection } = document
    return { ...detail, report: { id, tenant, connection, ...detail.report } }
  }

  return {
    async list(filter, page) {
      const found = await store.documents.list({ ...filter, resource: 'settlement' }, page)
      const items: PayoutRow[] = []
      for (const document of found.items) items.push((await detailOf(document)).report)
      return { ...found, items }
    },
    async show(id) {
      const document = await store.documents.get(id)
      return document?.resource === 'settlement' ? detailOf(document) : null
    },
  }
}

async function knownOrders(store: Stores, settlement: StoredDocument): Promise<Map<string, KnownOrder>> {
  const { lines } = settlement.body as unknown as Settlement
  const named = [...linesByOrder(lines)]
  const others = createOthers(store, settlement.id)
  const known = new Map<string, KnownOrder>()
  for (let from = 0; from < named.length; from += AT_ONCE) {
    await nextTurn()
    await Promise.all(
      named.slice(from, from + AT_ONCE).map(async ([orderId, own]) => {
        const number = own.find(({ orderNumber }) => orderNumber !== undefined)?.orderNumber
        const document = await findOrder(store, settlement, { orderId, number })
        if (!document) return
        const order = document.body as unknown as Order
        const [returns, elsewhere] = await Promise.all([
          documentsOfOrder(store, document.id, 'return'),
          others(settlement, orderId),
        ])
        known.set(orderId, {
          document: document.id,
          order,
          refunded: refundedOf(document, returns),
          elsewhere,
        })
      }),
    )
  }
  return known
}

/** By its id at the channel that pays; else by what people call it there; else at the one connection that has such an order. */
async function findOrder(
  { documents }: Stores,
  { tenant, connection }: StoredDocument,
  { orderId, number }: { orderId: string; number: string | undefined },
): Promise<StoredDocument | null> {
  const own = await documents.get(documentId('order', documentKey(tenant, connection, orderId)))
  if (own) return own
  const only = async (filter: DocumentFilter) => {
    const { items } = await documents.list({ tenant, resource: 'order', ...filter }, { limit: 2 })
    return items.length === 1 ? items[0]! : null
  }
  return (number === undefined ? null : await only({ connection, number })) ?? only({ externalId: orderId })
}

/**
 * What the returns of its channel say; where they name no amount, what the order says of its refunds; else what other
 * systems say: those tell the same return a second time.
 */
function refundedOf(document: StoredDocument, returns: readonly StoredDocument[]): bigint | null {
  const { currency, totals } = document.body as unknown as Order
  const isOwn = ({ connection }: StoredDocument): boolean => connection === document.connection
  const told = (some: readonly StoredDocument[]): bigint | null =>
    refundedTogether(
      some.map(({ body }) => body as unknown as Return),
      currency,
    ) || null
  const stated = totals.refunded === undefined ? null : toScaled(totals.refunded)
  return told(returns.filter(isOwn)) ?? stated ?? told(returns)
}

/** Sums of an order's lines in the other payouts of the same currency; each payout is read once. */
function createOthers({ documents, links }: Stores, self: string) {
  const read = new Map<string, Promise<ReadonlyMap<string, Sums>>>()

  const sumsIn = async (id: string, currency: unknown): Promise<ReadonlyMap<string, Sums>> => {
    const body = (await documents.get(id))?.body as unknown as Settlement | undefined
    const lines = body?.currency === currency ? body!.lines : []
    return new Map([...linesByOrder(lines)].map(([orderId, own]) => [orderId, sumLines(own)]))
  }

  return async ({ tenant, connection, body }: StoredDocument, orderId: string): Promise<Sums> => {
    const order = documentId('order', documentKey(tenant, connection, orderId))
    const ids = (await idsOfOrder({ links }, order, 'settlement')).filter(id => id !== self)
    let sums = noSums()
    for (const id of ids) {
      const known = read.get(id) ?? sumsIn(id, body['currency'])
      read.set(id, known)
      sums = addSums(sums, (await known).get(orderId) ?? noSums())
    }
    return sums
  }
}
