import type { Resource } from '../contracts/store.ts'

/** Orders before stock, stock before catalogue, catalogue before backfill. */
const PRIORITY: Record<Resource, number> = {
  order: 10,
  shipment: 12,
  return: 12,
  inventory: 20,
  product: 30,
  settlement: 30,
}

export const BACKFILL_PRIORITY = 40

/** Of an unknown resource: with the catalogue. */
export const priorityOf = (resource: Resource | undefined): number => (resource ? PRIORITY[resource] : 30)
