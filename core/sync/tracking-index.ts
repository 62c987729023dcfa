import type { DocumentCandidate, Store, StoredDocument } from '../contracts/store.ts'
import { normalTrackingNumber } from '../documents/tracking-number.ts'

type Stores = Pick<Store, 'documents' | 'links'>

/** More documents than this have no tracking number in common: somebody writes the same words into every shipment. */
const MOST_ALIKE = 50

/** Shorter ones, and words without a digit, are no tracking numbers. */
const LEAST_LENGTH = 6

/** The numbers by which a shipment can be found. */
export function trackingNumbersOf({ body }: Pick<DocumentCandidate, 'body'>): string[] {
  const packages = (body['packages'] ?? []) as { trackingNumber?: string }[]
  const numbers = packages.flatMap(({ trackingNumber }) => trackingNumber ?? []).map(normalTrackingNumber)
  return [...new Set(numbers)].filter(number => number.length >= LEAST_LENGTH && /\d/.test(number))
}

/**
 * Makes a document findable by its numbers, before it is stored: whoever stores the other one of a pair and looks then
 * either finds this one or is found by it.
 */
export async function indexTracking(store: Stores, candidate: DocumentCandidate, now: number): Promise<void> {
  for (const number of trackingNumbersOf(candidate)) {
    const name = nameOf(candidate.tenant, number)
    const known = await store.links.list(name)
    if (known.length >= MOST_ALIKE || known.some(({ connection }) => connection === candidate.id)) continue
    await store.links.put({
      document: name,
      connection: candidate.id,
      externalId: candidate.id,
      createdAt: now,
    })
  }
}

/** The tenant's shipment documents with a parcel of this number, those of carriers too. */
export async function withTrackingNumber(
  store: Stores,
  tenant: string,
  number: string,
): Promise<StoredDocument[]> {
  const links = await store.links.list(nameOf(tenant, number))
  if (links.length >= MOST_ALIKE) return []
  const documents = await Promise.all(links.map(({ externalId }) => store.documents.get(externalId)))
  return documents.filter(document => document !== null)
}

/** Stands among the links where a document does, and the document where a connection does. */
const nameOf = (tenant: string, number: string): string => `tracking:${tenant}:${number}`
