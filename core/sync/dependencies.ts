import type { Manifest } from '../contracts/connector.ts'
import type { Resource, Store, StoredDocument } from '../contracts/store.ts'
import { documentId, documentKey } from '../kernel/ids.ts'

/**
 * Ids at the destination of the documents this one depends on, as far as they are linked. What came from the destination
 * itself has its id there.
 */
export async function readDependencies(
  store: Store,
  document: StoredDocument,
  destination: string,
): Promise<Record<string, string>> {
  const ids = await Promise.all(
    document.dependsOn.map(async id => {
      const own = idAtItsSource(id, document.tenant, destination)
      return own ?? (await store.links.get(id, destination))?.externalId
    }),
  )
  const linked = document.dependsOn.map((id, index) => [id, ids[index]] as const)
  return Object.fromEntries(linked.filter((one): one is [string, string] => one[1] !== undefined))
}

/** The id that a document has at this connection, if it came from there. */
function idAtItsSource(id: string, tenant: string, connection: string): string | undefined {
  const before = documentId(resourceOf(id), documentKey(tenant, connection, ''))
  return id.startsWith(before) ? id.slice(before.length) : undefined
}

/** The first document that the destination does not hold yet. What it never takes, as a carrier no order, it cannot lack. */
export const missingDependency = (
  document: StoredDocument,
  linked: Readonly<Record<string, string>>,
  { pushes }: Pick<Manifest, 'pushes'>,
): string | undefined => document.dependsOn.find(id => !(id in linked) && pushes?.[resourceOf(id)])

const resourceOf = (id: string): Resource => id.split(':', 1)[0] as Resource
