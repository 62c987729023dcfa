import type { Links } from '../contracts/store.ts'
import type { OrderUnits } from './units.ts'

export interface Note {
  order: string
  sku: string
  wanted: OrderUnits
  /** What is noted already. */
  before: OrderUnits | undefined
  at: number
}

/**
 * What the ledger took for an order, by SKU. The items forget orders that their counts know of; the notes do not, so that a
 * cancellation a week later is still told from news, and a line that is gone from one that never was. Written after the
 * items: until then those remember.
 */
export async function readNotes(links: Links, order: string): Promise<Map<string, OrderUnits>> {
  const notes = await links.list(nameOf(order))
  return new Map(notes.map(({ connection: sku, externalId }) => [sku, JSON.parse(externalId) as OrderUnits]))
}

export async function note(links: Links, { order, sku, wanted, before, at }: Note): Promise<void> {
  const { quantity, direct } = wanted
  if (before ? before.quantity === quantity && before.direct === direct : quantity === 0) return
  const externalId = JSON.stringify({ quantity, direct })
  await links.put({ document: nameOf(order), connection: sku, externalId, createdAt: at })
}

/** Stands among the links where a document does, with the SKU for a connection. */
const nameOf = (order: string): string => `stock:${order}`
