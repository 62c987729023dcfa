import type { Directory } from '../accounts/directory.ts'
import type { Store, StoredDocument } from '../contracts/store.ts'
import type { Order } from '../documents/types.gen.ts'
import { isKnownSku, tellsProducts } from './sku-index.ts'

export interface CatalogueDeps {
  store: Pick<Store, 'documents' | 'links'>
  directory: Pick<Directory, 'list'>
}

/**
 * SKUs of an order that the destination has no product for: by its own products where it tells of any, else by those of the
 * tenant's other connections. What the selling channel itself lists proves nothing. Empty while nobody tells of products.
 */
export async function unknownSkus(
  deps: CatalogueDeps,
  order: StoredDocument,
  destination: string,
): Promise<string[]> {
  const connections = await catalogues(deps, order, destination)
  if (connections.length === 0) return []
  const skus = [...new Set((order.body as unknown as Order).lines.flatMap(({ sku }) => sku ?? []))]
  const known = await Promise.all(
    skus.map(sku => isKnownSku(deps.store, sku, { tenant: order.tenant, connections })),
  )
  return skus.filter((_, index) => !known[index])
}

async function catalogues(
  { store, directory }: CatalogueDeps,
  { tenant, connection }: StoredDocument,
  destination: string,
): Promise<string[]> {
  if (await tellsProducts(store, destination)) return [destination]
  const others = (await directory.list()).filter(one => one.tenant === tenant && one.id !== connection)
  const telling = await Promise.all(others.map(({ id }) => tellsProducts(store, id)))
  return others.filter((_, index) => telling[index]).map(({ id }) => id)
}
