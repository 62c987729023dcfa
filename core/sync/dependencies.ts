import type { Store, StoredDocument } from '../contracts/store.ts'

/** Ids at the destination of the documents this one depends on, as far as they are linked. */
export async function readDependencies(
  store: Store,
  document: StoredDocument,
  destination: string,
): Promise<Record<string, string>> {
  const links = await Promise.all(document.dependsOn.map(id => store.links.get(id, destination)))
  return Object.fromEntries(links.filter(link => link !== null).map(link => [link.document, link.externalId]))
}

/** The first document that the destination does not hold yet. */
export const missingDependency = (
  document: StoredDocument,
  linked: Readonly<Record<string, string>>,
): string | undefined => document.dependsOn.find(id => !(id in linked))
