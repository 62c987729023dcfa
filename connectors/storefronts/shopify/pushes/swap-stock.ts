import { createHash } from 'node:crypto'
import { HubError, type PushOperation, sendBegun } from '../../../sdk/index.ts'
import type { AdminApi } from '../admin/admin-api.ts'
import { type QuantityName, SET_STOCK, type StockSet } from '../operations/stock.ts'
import { refused, type UserError } from './refused.ts'
import type { Shop, StockPlace } from './stock-place.ts'

/** One figure to be put in the place of another. */
export interface Swap {
  operation: PushOperation
  place: StockPlace
  name: QuantityName
  from: number
  to: number
  /**
   * When the figure last changed, where it was looked at: the same change made again later (5 → 4, a sale cancelled,
   * 5 → 4) would otherwise be answered from Shopify’s memory and not be made.
   */
  since?: string | null
}

/** `stale`: the figure is not `from`, nothing was written. */
export type Swapped = 'swapped' | 'stale'

/** What Shopify takes in one mutation. */
const MOST = 250

/** Somebody was faster, or an earlier try of the same change failed: what stands there is read again. */
const STALE = new Set([
  'CHANGE_FROM_QUANTITY_STALE',
  'COMPARE_QUANTITY_STALE',
  'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED',
  'NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR',
])

/** Compare and swap, together with whatever else is swapped at the moment. */
export const swap = ({ api, context }: Shop, one: Swap): Promise<Swapped> =>
  context.together<Swap, Swapped>(one, {
    name: `stock:${one.name}`,
    max: MOST,
    send: swaps => sendBegun(swaps, begun => swapAll(api, begun)),
  })

/** A mutation is made whole or not at all: those that it names are answered, and the rest is sent again without them. */
async function swapAll(api: AdminApi, swaps: readonly Swap[]): Promise<(Swapped | Error)[]> {
  const answers = new Map<Swap, Swapped | Error>()
  for (let left = swaps; left.length > 0; ) {
    const errors = await setQuantities(api, left)
    for (const [index, one] of left.entries()) {
      const error = errors.find(({ field }) => (indexIn(field) ?? index) === index)
      if (error || errors.length === 0) answers.set(one, error ? answerTo(error) : 'swapped')
    }
    left = left.filter(one => !answers.has(one))
  }
  return swaps.map(one => answers.get(one)!)
}

async function setQuantities(api: AdminApi, swaps: readonly Swap[]): Promise<UserError[]> {
  const quantities = swaps.map(({ place, from, to }) => ({
    ...{ inventoryItemId: place.item, locationId: place.location },
    ...{ quantity: to, changeFromQuantity: from },
  }))
  const input = { name: swaps[0]!.name, reason: 'correction', quantities }
  return (await api<StockSet>(SET_STOCK, { key: keyOf(swaps), input })).set.userErrors
}

/** `["input", "quantities", "3", …]`; an error without a number is about the whole mutation. */
function indexIn(field: UserError['field']): number | null {
  const index = field?.find(part => /^\d+$/.test(part))
  return index === undefined ? null : Number(index)
}

function answerTo({ code, field, message }: UserError): Swapped | HubError {
  if (code && STALE.has(code)) return 'stale'
  if (code === 'IDEMPOTENCY_CONCURRENT_REQUEST')
    return new HubError('PARTNER_CONFLICT', { detail: 'The same change is still under way.', status: 200 })
  return refused(`The stock: ${message.slice(0, 200)}`, code ?? (field ?? []).join('.'))
}

/** One key for one change of these figures: repeated after a lost answer, it is answered from Shopify’s memory. */
function keyOf(swaps: readonly Swap[]): string {
  const parts = swaps.map(({ operation: { idempotencyKey, revision }, place, name, from, to, since }) => [
    ...[idempotencyKey, revision, place.item, place.location, name, from, to, since ?? null],
  ])
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  )
}
