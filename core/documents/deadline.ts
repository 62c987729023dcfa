import type { Resource } from '../contracts/store.ts'
import { parseInstant } from '../kernel/instant.ts'
import type { Order } from './types.gen.ts'

/** When a document is late unless it has moved on: an order that is open and was promised to be shipped by then. */
export function deadlineOf(resource: Resource, body: Readonly<Record<string, unknown>>): number | undefined {
  if (resource !== 'order') return undefined
  const { shipBy, status, fulfilmentStatus, test } = body as unknown as Order
  if (shipBy === undefined || test) return undefined
  if (status === 'cancelled' || status === 'closed') return undefined
  if (fulfilmentStatus === 'fulfilled' || fulfilmentStatus === 'restocked') return undefined
  return parseInstant(shipBy)?.ms
}
