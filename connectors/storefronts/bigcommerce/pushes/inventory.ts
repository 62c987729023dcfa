import {
  type ConnectorContext,
  HubError,
  type PushOperation,
  type PushResult,
  withoutUnseen,
} from '../../../sdk/index.ts'
import { bigcommerceApi } from '../api.ts'
import { bigcommerceSettings } from '../settings.ts'
import { availableIn, findVariant, safetyOf } from './find-variant.ts'
import { isTooLow, type StockChange, writeStock } from './write-stock.ts'

interface Stock {
  sku?: string
  available?: number
}

/** How late the store may show what was written: “a short delay” is all that BigCommerce says. */
const LATE_MS = 60_000

/**
 * Makes the store show so many units of an article at the connection's location. Where the hub knows what it shows
 * (`expected`), the difference is added or taken off, in the strict order in which the store counts its own sales: what it
 * sold unseen is missing afterwards, too, so `found` is what was expected. A store that has less than is taken off sold
 * more than the hub knows, and is set to none. The store tells of changes with some delay, so a figure that was read is no
 * base for a difference, but in a compare, long after the last write: there `found` is what it shows. Where nothing is known,
 * or an earlier try may have arrived, the figure just read decides, less what is missing from the expected one, and the new
 * one is set: twice is the same as once.
 */
export async function pushInventory(
  operation: PushOperation,
  context: ConnectorContext,
): Promise<PushResult> {
  const { sku, available } = operation.body as Stock
  if (!sku || typeof available !== 'number')
    throw new HubError('PARTNER_REFUSED', {
      detail: 'BigCommerce needs `sku` and `available`.',
      fingerprint: 'stock',
    })
  const { locationId } = bigcommerceSettings(context.connection)
  const store = { api: bigcommerceApi(context), context, locationId }
  const { variant, record } = await findVariant(store, sku)
  const write = (change: StockChange) => writeStock(store, { operation, variant, change })
  const result = (status: number, found?: number): PushResult => ({
    ...{ externalId: `${variant}@${locationId}`, status },
    ...(found === undefined ? {} : { found }),
  })
  const { expected, uncertain } = operation
  const shown = availableIn(record)
  if (expected !== undefined && !uncertain) {
    const found = isCompare(operation, available, context) ? (shown ?? expected) : expected
    const to = withoutUnseen(available, { expected, found })
    if (to === found) return result(200, found)
    try {
      return result(await write({ add: to - found }), found)
    } catch (thrown) {
      if (to > found || !isTooLow(thrown)) throw thrown
      return result(await write({ set: safetyOf(record) }), expected - available)
    }
  }
  const to = shown === undefined ? available : withoutUnseen(available, { expected, found: shown })
  if (to === shown) return result(200, shown)
  return result(await write({ set: to + safetyOf(record) }), shown)
}

/** Nothing is to change: whether the store shows what the hub believes, by a reading that has the last write in it. */
const isCompare = (
  { expected, expectedSince: since = Number.NEGATIVE_INFINITY }: PushOperation,
  available: number,
  { now }: ConnectorContext,
): boolean => available === expected && now() >= since + LATE_MS
