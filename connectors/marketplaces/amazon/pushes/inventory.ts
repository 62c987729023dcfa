import { type ConnectorContext, HubError, type PushOperation, type PushResult } from '../../../sdk/index.ts'
import { spApi } from '../api/sp-api.ts'
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

/**
 * Replaces the quantity of a listing, once per marketplace. Setting the same figure twice is setting it once, so nothing
 * has to be looked up when an earlier send may have arrived.
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
  const quantity = Math.max(0, Math.floor(available))
  const api = spApi(context)
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
  return { externalId: `${sku}@${CHANNEL}` }
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
