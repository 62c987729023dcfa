import {
  type Api,
  type ConnectorContext,
  errorFor,
  HubError,
  type PushOperation,
  type PushResult,
} from '../../../sdk/index.ts'
import { listIn, merchantApi } from '../api.ts'
import { responses } from '../responses.ts'

const INVENTORY = '/sell/inventory/v1'

interface Stock {
  sku?: string
  available?: number
}

interface Offer {
  offerId: string
  status?: string
}

/** One line of the answer; the whole of it may be 200 or 207 while one line says 400. */
interface Outcome {
  sku?: string
  offerId?: string
  statusCode?: number
  errors?: unknown[]
}

/**
 * Sets what is for sale of a SKU: the stock of the item and of each of its live offers, because a listing shows the lesser of
 * the two. Setting a figure twice is setting it once, so nothing has to be looked up after a lost answer.
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
  const quantity = Math.max(0, Math.floor(available))
  const api = merchantApi(context)
  const offers = await liveOffers(api, sku)
  const body = {
    requests: [
      {
        sku,
        shipToLocationAvailability: { quantity },
        ...(offers.length > 0
          ? { offers: offers.map(({ offerId }) => ({ offerId, availableQuantity: quantity })) }
          : {}),
      },
    ],
  }
  operation.sending()
  const answer = await api.call({
    method: 'POST',
    path: `${INVENTORY}/bulk_update_price_quantity`,
    body,
    safeToRepeat: true,
  })
  for (const outcome of listIn<Outcome>(answer.body, 'responses')) throwIfRefused(outcome, context.now())
  return { externalId: sku, status: answer.status }
}

/** Offers that are not published cannot be changed this way. A SKU without any is no mistake. */
async function liveOffers(api: Api, sku: string): Promise<Offer[]> {
  try {
    const { body } = await api.call({ path: `${INVENTORY}/offer`, query: { sku, limit: 100 } })
    return listIn<Offer>(body, 'offers').filter(({ status }) => status === 'PUBLISHED')
  } catch (thrown) {
    if (thrown instanceof HubError && thrown.fingerprint === 'no-offer') return []
    throw thrown
  }
}

function throwIfRefused({ statusCode = 200, errors = [] }: Outcome, now: number): void {
  if (statusCode >= 200 && statusCode < 300) return
  throw errorFor(responses, { status: statusCode, headers: {}, body: { errors } }, now)
}
