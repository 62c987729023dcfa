import type { Page, PageRequest, Resource, StoredDocument } from '#core/contracts/store.ts'
import { documentKey } from '#core/kernel/ids.ts'
import type { Base } from '../../compose/base.ts'
import { type Partners, SHOP, TENANT } from './partners.ts'

/** Does the ERP hold every confirmed document once, at its newest revision, and every order of the shop? */
export async function compareErp(
  { store }: Pick<Base, 'store'>,
  { erp, shop }: Pick<Partners, 'erp' | 'shop'>,
): Promise<{ duplicates: number; doubts: string[] }> {
  const [documents, deliveries] = await Promise.all([
    all(page => store.documents.list({}, page)),
    all(page => store.deliveries.list({ state: 'confirmed' }, page)),
  ])
  const byId = new Map(documents.map(document => [document.id, document]))
  const held = heldBy(erp, documents)
  const stale = deliveries.filter(({ document }) => held.get(document) !== byId.get(document)?.revision)
  const missing = [...shop.orders.keys()].filter(
    id => !held.has(`order:${documentKey(TENANT, SHOP, String(id))}`),
  )
  const { resources } = erp.state()
  return {
    duplicates: Object.values(resources).reduce((sum, { duplicates }) => sum + duplicates, 0),
    doubts: [
      ...stale.map(
        ({ document }) => `${document} is confirmed, and the ERP does not hold its newest revision`,
      ),
      ...missing.map(id => `order ${id} of the shop is not in the ERP`),
    ],
  }
}

/** Document id → revision in the ERP. */
function heldBy(erp: Partners['erp'], documents: readonly StoredDocument[]): Map<string, number> {
  const resources = new Set<Resource>(documents.map(({ resource }) => resource))
  return new Map(
    [...resources].flatMap(resource =>
      erp.records(resource).map(({ key, revision }) => [`${resource}:${key}`, revision] as const),
    ),
  )
}

async function all<T>(read: (page: PageRequest) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = []
  let after: string | undefined
  do {
    const page = await read({ limit: 1_000, after })
    items.push(...page.items)
    after = page.next ?? undefined
  } while (after !== undefined)
  return items
}
