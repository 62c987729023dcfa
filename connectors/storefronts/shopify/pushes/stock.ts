import {
  type ConnectorContext,
  HubError,
  type PushOperation,
  type PushResult,
  withoutUnseen,
} from '../../../sdk/index.ts'
import { adminApi } from '../admin/admin-api.ts'
import { settingsOf } from '../settings.ts'
import { findStock, linkedPlace, quantityOf, seeStock } from './find-stock.ts'
import { plainId } from './global-id.ts'
import { stockFigure } from './stock-figure.ts'
import type { Shop, StockPlace } from './stock-place.ts'
import { swap } from './swap-stock.ts'

/** A figure that buyers change this often while we look is left for the next attempt. */
const MAX_TRIES = 5

/**
 * Compare and swap, many at once. Where the hub knows what the shop shows (`expected`), that is swapped for the wanted
 * figure without a look. A shop that shows something else, or of which nothing is known, is looked at, and what was found
 * is swapped: for the wanted figure less what is missing from the expected one, because that was sold and the hub has not
 * heard of it; never below zero. `found` is what the write took the place of. A sale between look and swap is seen by the
 * swap, and looked at again; a figure that never rests is a `PARTNER_CONFLICT` that names both numbers.
 */
export async function pushStock(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const { name, quantity } = stockFigure(operation.body)
  const expected = name === 'available' ? operation.expected : undefined
  const shop: Shop = { api: await adminApi(context), context }
  const sought = { ...operation, settings: settingsOf(context.connection) }
  const linked = linkedPlace(sought)
  if (linked && expected !== undefined && expected !== quantity) {
    const swapped = await swap(shop, { operation, place: linked, name, from: expected, to: quantity })
    if (swapped === 'swapped') return resultOf(linked, expected)
  }
  const { place, item } = await findStock(shop, sought)
  let current = quantityOf(item, place, name)
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const { quantity: found, updatedAt } = current
    const to = withoutUnseen(quantity, { expected, found })
    if (to === found) return resultOf(place, found)
    const since = `${updatedAt} ${tries}`
    if ((await swap(shop, { operation, place, name, from: found, to, since })) === 'swapped')
      return resultOf(place, found)
    current = quantityOf(await seeStock(shop, place), place, name)
  }
  throw new HubError('PARTNER_CONFLICT', {
    detail:
      `The figure changed ${MAX_TRIES} times while it was written: the shop shows ${current.quantity}` +
      `${expected === undefined ? '' : `, expected were ${expected}`}, ${quantity} are to be shown.`,
    status: 200,
  })
}

const resultOf = ({ item, location }: StockPlace, found: number): PushResult => ({
  externalId: `${plainId(item)}@${plainId(location)}`,
  status: 200,
  found,
})
