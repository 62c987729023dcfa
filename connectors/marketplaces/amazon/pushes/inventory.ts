import {
  type ConnectorContext,
  HubError,
  type PushOperation,
  type PushResult,
  withoutUnseen,
} from '../../../sdk/index.ts'
import { type SpApi, spApi } from '../api/sp-api.ts'
import { amazonSettings } from '../settings.ts'

interface Stock {
  sku?: string
  available?: number
}

interface Submission {
  sku: string
  status: string
  issues?: { code?: string; severity?: string }[]
}

/** Merchant-fulfilled stock of the seller's own channel. */
const CHANNEL = 'DEFAULT'

interface Listing {
  fulfillmentAvailability?: { fulfillmentChannelCode?: string; quantity?: number }[]
}

/**
 * Replaces the quantity of a listing, once per marketplace; Amazon takes one listing a call, and neither compares nor adds.
 * Where the hub knows what is shown (`expected`), the figure is read right before, and what is missing was sold and is not
 * given back; `found` is what was read. Amazon shows a new figure with some delay: one that seems lower than it is keeps
 * units back for a while. Setting the same figure twice is setting it once, so nothing has to be looked up when an earlier
 * send may have arrived.
 */
export async function pushInventory(
  operation: PushOperation,
  context: ConnectorContext,
): Promise<PushResult> {
  const { sku, available } = operation.body as Stock
  const { sellerId, marketplaceIds } = amazonSettings(context.connection)
  if (!sku || typeof available !== 'number')
    throw new HubError('PARTNER_REFUSED', {
      detail: 'Amazon needs `sku` and `available`.',
      fingerprint: 'stock',
    })
  if (!sellerId)
    throw new HubError('UNAUTHORIZED', {
      detail: 'The setting `sellerId` is missing: connect the account again.',
    })
  const wanted = Math.max(0, Math.floor(available))
  const api = spApi(context)
  const { expected } = operation
  const externalId = `${sku}@${CHANNEL}`
  const [marketplace] = marketplaceIds
  const found =
    expected === undefined || !marketplace ? undefined : await shownOf(api, { sellerId, sku, marketplace })
  const quantity = found === undefined ? wanted : withoutUnseen(wanted, { expected, found })
  if (quantity === found) return { externalId, status: 200, found }
  operation.sending()
  for (const marketplaceId of marketplaceIds) {
    const submission = await api.call<Submission>({
      operation: 'listingsItems.patchListingsItem',
      version: '2021-08-01',
      path: { sellerId, sku },
      query: { marketplaceIds: [marketplaceId] },
      body: patchOf(quantity),
      safeToRepeat: true,
    })
    refuseInvalid(submission)
  }
  return { externalId, ...(found === undefined ? {} : { found }) }
}

interface Sought {
  sellerId: string
  sku: string
  marketplace: string
}

/** The marketplaces of a region share the seller's stock: the first one tells it. */
async function shownOf(api: SpApi, { sellerId, sku, marketplace }: Sought): Promise<number | undefined> {
  const listing = await api.call<Listing | undefined>({
    operation: 'listingsItems.getListingsItem',
    version: '2021-08-01',
    path: { sellerId, sku },
    query: { marketplaceIds: [marketplace], includedData: ['fulfillmentAvailability'] },
    absent: 404,
  })
  const own = listing?.fulfillmentAvailability?.find(one => one.fulfillmentChannelCode === CHANNEL)
  return own?.quantity
}

/** `PRODUCT` stands for every product type where a patch touches the offer alone. */
const patchOf = (quantity: number) => ({
  productType: 'PRODUCT',
  patches: [
    {
      op: 'replace',
      path: '/attributes/fulfillment_availability',
      value: [{ fulfillment_channel_code: CHANNEL, quantity }],
    },
  ],
})

/** Amazon answers 200 and says in the body that it did not take it. */
function refuseInvalid({ status, issues = [] }: Submission): void {
  if (status !== 'INVALID') return
  const codes = issues.filter(({ severity }) => severity === 'ERROR').map(({ code }) => code)
  throw new HubError('PARTNER_REFUSED', {
    detail: `Amazon refused the quantity: ${codes.join(', ') || 'without an issue'}.`,
    fingerprint: codes[0],
  })
}
