import { errorFor, type HubError, type PushOperation, sendBegun, sendInHalves } from '../../../sdk/index.ts'
import { listIn } from '../api.ts'
import { responses } from '../responses.ts'
import { INVENTORY, MOST, type Offer, type Seller } from './read-stock.ts'

export interface StockWrite {
  operation: PushOperation
  sku: string
  offers: readonly Offer[]
  quantity: number
}

/** One line of the answer; the whole of it may be 200 or 207 while one line says 400. */
interface Outcome {
  sku?: string
  offerId?: string
  statusCode?: number
  errors?: unknown[]
}

/** The HTTP status that confirmed. */
export const writeStock = (seller: Seller, write: StockWrite): Promise<number> =>
  seller.context.together<StockWrite, number>(write, {
    name: 'stock',
    max: MOST,
    send: writes => sendBegun(writes, begun => sendInHalves(begun, some => writeAll(seller, some))),
  })

async function writeAll(
  { api, context }: Seller,
  writes: readonly StockWrite[],
): Promise<(number | HubError)[]> {
  const { status, body } = await api.call({
    method: 'POST',
    path: `${INVENTORY}/bulk_update_price_quantity`,
    body: { requests: writes.map(requestOf) },
    safeToRepeat: true,
  })
  const outcomes = listIn<Outcome>(body, 'responses')
  return writes.map(write => {
    const refused = outcomes.filter(outcome => isAbout(outcome, write)).find(isRefused)
    return refused ? errorOf(refused, context.now()) : status
  })
}

const requestOf = ({ sku, offers, quantity }: StockWrite) => ({
  sku,
  shipToLocationAvailability: { quantity },
  ...(offers.length > 0
    ? { offers: offers.map(({ offerId }) => ({ offerId, availableQuantity: quantity })) }
    : {}),
})

const isAbout = (outcome: Outcome, { sku, offers }: StockWrite): boolean =>
  outcome.sku === sku || offers.some(({ offerId }) => offerId === outcome.offerId)

const isRefused = ({ statusCode = 200 }: Outcome): boolean => statusCode < 200 || statusCode > 299

const errorOf = ({ statusCode = 400, errors = [] }: Outcome, now: number): HubError =>
  errorFor(responses, { status: statusCode, headers: {}, body: { errors } }, now)
