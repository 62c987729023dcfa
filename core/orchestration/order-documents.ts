import type { Resource, Store, StoredDocument } from '../contracts/store.ts'
import { documentId, documentKey } from '../kernel/ids.ts'

type Stores = Pick<Store, 'documents' | 'links'>

/** Written side by side: a settlement names thousands of orders. */
const AT_ONCE = 100

/** Makes a document findable by the orders that it is about. Safe to repeat. */
export async function noteOrders(
  { links }: Pick<Store, 'links'>,
  document: StoredDocument,
  now: number,
): Promise<void> {
  const orders = ordersOf(document)
  for (let from = 0; from < orders.length; from += AT_ONCE)
    await Promise.all(
      orders.slice(from, from + AT_ONCE).map(async order => {
        const name = nameOf(order)
        if (await links.get(name, document.id)) return
        await links.put({ document: name, connection: document.id, externalId: document.id, createdAt: now })
      }),
    )
}

/** Ids of the orders that a document is about, whether the hub knows them yet or not. */
export function ordersOf({ resource, dependsOn, body, tenant, connection }: StoredDocument): string[] {
  if (resource === 'shipment' || resource === 'return') return dependsOn.filter(id => id.startsWith('order:'))
  if (resource !== 'settlement') return []
  const lines = body['lines'] as { orderId?: string }[]
  const named = new Set(lines.flatMap(({ orderId }) => orderId ?? []))
  return [...named].map(id => documentId('order', documentKey(tenant, connection, id)))
}

/** Ids of the documents of this kind that are about the order. */
export async function idsOfOrder(
  { links }: Pick<Store, 'links'>,
  order: string,
  resource: Resource,
): Promise<string[]> {
  const noted = await links.list(nameOf(order))
  return noted.map(({ externalId }) => externalId).filter(id => id.startsWith(`${resource}:`))
}

export async function documentsOfOrder(
  store: Stores,
  order: string,
  resource: Resource,
): Promise<StoredDocument[]> {
  const ids = await idsOfOrder(store, order, resource)
  const found = await Promise.all(ids.map(id => store.documents.get(id)))
  return found.filter(document => document !== null)
}

/** Stands among the links where a document does, and the document where a connection does. */
const nameOf = (order: string): string => `about:${order}`
