import {
  type ConnectorContext,
  HubError,
  type PushOperation,
  type PushResult,
  withoutUnseen,
} from '../../../sdk/index.ts'
import { merchantApi } from '../api.ts'
import { liveOffers, shownOf } from './read-stock.ts'
import { writeStock } from './write-stock.ts'

interface Stock {
  sku?: string
  available?: number
}

/**
 * Sets what is for sale of a SKU: the stock of the item and of each of its live offers, because a listing shows the lesser
 * of the two. eBay neither compares nor adds. Where the hub knows what is shown (`expected`), the figure is read right
 * before, and what is missing was sold and is not given back; `found` is what was read. Only a sale between that and the
 * write is overwritten. Setting a figure twice is setting it once, so nothing has to be looked up after a lost answer.
 */
export async function pushInventory(
  operation: PushOperation,
  context: ConnectorContext,
): Promise<PushResult> {
  const { sku, available } = operation.body as Stock
  if (!sku || typeof available !== 'number')
    throw new HubError('PARTNER_REFUSED', {
      detail: 'eBay needs `sku` and `available`.',
      fingerprint: 'stock',
    })
  const wanted = Math.max(0, Math.floor(available))
  const { expected } = operation
  const seller = { api: merchantApi(context), context }
  const offers = await liveOffers(seller, sku)
  const found = expected === undefined ? null : await shownOf(seller, sku, offers)
  if (found === null) {
    const status = await writeStock(seller, { operation, sku, offers, quantity: wanted })
    return { externalId: sku, status }
  }
  const quantity = withoutUnseen(wanted, { expected, found })
  // A listing can be revised 250 times a day, `DAILY_LIMIT_SPENT` beyond that.
  if (quantity === found) return { externalId: sku, status: 200, found }
  const status = await writeStock(seller, { operation, sku, offers, quantity })
  return { externalId: sku, status, found }
}
