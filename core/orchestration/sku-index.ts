import type { Store, StoredDocument } from '../contracts/store.ts'
import { documentId, documentKey } from '../kernel/ids.ts'

type Stores = Pick<Store, 'documents' | 'links'>

interface ProductBody {
  status?: string
  variants?: { sku?: string }[]
}

/** Makes a product findable by the SKUs of its variants. Safe to repeat. */
export async function noteSkus(
  { links }: Pick<Store, 'links'>,
  product: StoredDocument,
  now: number,
): Promise<void> {
  for (const sku of skusOf(product)) {
    const name = nameOf(product.tenant, sku)
    if (await links.get(name, product.id)) continue
    await links.put({ document: name, connection: product.id, externalId: product.id, createdAt: now })
  }
}

/** Whether a connection tells of products at all. */
export const tellsProducts = async (
  { documents }: Pick<Store, 'documents'>,
  connection: string,
): Promise<boolean> => (await documents.list({ connection, resource: 'product' }, { limit: 1 })).total > 0

/** Whether one of the connections has a product of this SKU now. */
export async function isKnownSku(
  store: Stores,
  sku: string,
  { tenant, connections }: { tenant: string; connections: readonly string[] },
): Promise<boolean> {
  const places = connections.map(connection => documentId('product', documentKey(tenant, connection, '')))
  const noted = await store.links.list(nameOf(tenant, sku))
  for (const { externalId } of noted.filter(({ externalId: id }) =>
    places.some(place => id.startsWith(place)),
  )) {
    const product = await store.documents.get(externalId)
    // A variant may have been given another SKU since.
    if (product && skusOf(product).includes(sku)) return true
  }
  return false
}

function skusOf({ body }: StoredDocument): string[] {
  const { status, variants = [] } = body as ProductBody
  if (status === 'deleted') return []
  return [...new Set(variants.flatMap(({ sku }) => sku ?? []))]
}

/** Stands among the links where a document does, and the product where a connection does. */
const nameOf = (tenant: string, sku: string): string => `sku:${tenant}:${sku}`
