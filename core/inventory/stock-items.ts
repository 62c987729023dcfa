import type { Links, StoredDocument } from '../contracts/store.ts'
import type { Inventory, Product } from '../documents/types.gen.ts'

/** A stock item whose SKU is news. */
export interface LearntItem {
  /** Inventory documents that named only the item. */
  documents: string[]
  /** The SKU that it had until now. */
  former?: string
}

/** In place of a connection, where a link names the SKU; documents that name the item stand under their own ids. */
const SKU = 'sku'

/** Likewise the SKU under which those documents have been counted. */
const TOLD = 'told'

/** Stands among the links where a document does. */
const nameOf = (connection: string, item: string): string => `stock-item:${connection}:${item}`

/**
 * The SKU that a count is of. Some sources count by the id of a stock item alone (a Shopify level): products, and counts that
 * name both, have told which SKU that is. A count that comes before them is noted first and looked up then, and who learns
 * does it the other way round: one of the two finds the other.
 */
export async function skuOfCount(
  links: Links,
  { id, connection, body }: StoredDocument,
  at: number,
): Promise<string | undefined> {
  const { sku, inventoryItemId } = body as unknown as Inventory
  if (sku !== undefined || inventoryItemId === undefined) return sku
  const name = nameOf(connection, inventoryItemId)
  if (!(await links.get(name, id)))
    await links.put({ document: name, connection: id, externalId: id, createdAt: at })
  return (await links.get(name, SKU))?.externalId
}

export interface Learning {
  at: number
  /** Counts the documents anew; what was learnt is news until it has ended. */
  tell(item: LearntItem): Promise<void>
}

/** Notes the SKUs of the stock items that a product, or a count, names, and tells those that are news. */
export async function learnItems(
  links: Links,
  document: StoredDocument,
  { at: createdAt, tell }: Learning,
): Promise<void> {
  for (const { inventoryItemId, sku } of namesOf(document)) {
    if (inventoryItemId === undefined || sku === undefined) continue
    const name = nameOf(document.connection, inventoryItemId)
    const former = (await links.get(name, TOLD))?.externalId
    if (former === sku) continue
    await links.put({ document: name, connection: SKU, externalId: sku, createdAt })
    const noted = (await links.list(name)).map(({ connection }) => connection)
    await tell({ documents: noted.filter(id => id !== SKU && id !== TOLD), former })
    await links.put({ document: name, connection: TOLD, externalId: sku, createdAt })
  }
}

function namesOf({ resource, body }: StoredDocument): Pick<Inventory, 'inventoryItemId' | 'sku'>[] {
  if (resource === 'inventory') return [body as unknown as Inventory]
  return resource === 'product' ? ((body as unknown as Product).variants ?? []) : []
}
