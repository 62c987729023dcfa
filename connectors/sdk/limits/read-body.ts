import { valueAt } from '../pointer.ts'
import { numberIn, present, type ReadLimits } from './read-headers.ts'

/** JSON Pointers into the answer; numbers may be text. */
export interface CreditPointers {
  price?: string
  charged?: string
  available?: string
  capacity?: string
  refillPerSecond?: string
}

/** Credits that an answer's body tells, as ShipHero's `extensions.throttling` does. */
export function credits(pointers: CreditPointers): ReadLimits {
  return ({ body }) =>
    present(
      Object.fromEntries(Object.entries(pointers).map(([what, pointer]) => [what, numberAt(body, pointer)])),
    )
}

const throttleStatus = credits({
  price: '/extensions/cost/requestedQueryCost',
  charged: '/extensions/cost/actualQueryCost',
  available: '/extensions/cost/throttleStatus/currentlyAvailable',
  capacity: '/extensions/cost/throttleStatus/maximumAvailable',
  refillPerSecond: '/extensions/cost/throttleStatus/restoreRate',
})

/**
 * `extensions.cost` of Shopify's GraphQL answers (https://shopify.dev/docs/api/usage/limits). A throttled query has no
 * actual cost: it was charged nothing.
 */
export const costExtension: ReadLimits = response => {
  const reading = throttleStatus(response)
  return reading.available === undefined ? {} : { charged: 0, ...reading }
}

function numberAt(body: unknown, pointer: string): number | undefined {
  const value = valueAt(body, pointer)
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  return typeof value === 'string' ? numberIn(value) : undefined
}
