import type { Reply, Route } from '../../../sdk/testkit/serve-partner.ts'
import { ebayError } from './replies.ts'
import type { Seller } from './seller.ts'

interface Change {
  sku: string
  shipToLocationAvailability?: { quantity: number }
  offers?: { offerId: string; availableQuantity: number }[]
}

interface Outcome {
  sku: string
  offerId?: string
  statusCode: number
  errors?: unknown
}

const MOST = 25

/** No documentation has this answer: the general error of the Inventory API with the sentence of its reference. */
const REVISED_OUT = {
  errors: [
    {
      ...{ errorId: 25_002, domain: 'API_INVENTORY', category: 'REQUEST' },
      message: 'A user error has occurred. Each listing can be revised up to 250 times in one calendar day.',
    },
  ],
}

export const stockRoutes = (seller: Seller): Route[] => [
  {
    method: 'GET',
    path: /^\/sell\/inventory\/v1\/offer$/,
    answer({ query }) {
      const offers = seller.items.get(query.get('sku') ?? '')?.offers ?? []
      if (offers.length === 0) return ebayError(404, 25_713, 'API_INVENTORY')
      return { status: 200, body: { offers, total: offers.length, size: offers.length } }
    },
  },
  {
    method: 'POST',
    path: /^\/sell\/inventory\/v1\/bulk_get_inventory_item$/,
    answer: ({ body }) => bulkGet(seller, (body as { requests?: { sku: string }[] }).requests ?? []),
  },
  {
    method: 'POST',
    path: /^\/sell\/inventory\/v1\/bulk_update_price_quantity$/,
    answer: ({ body }) => bulk(seller, (body as { requests?: Change[] }).requests ?? []),
  },
]

function bulkGet(seller: Seller, wanted: { sku: string }[]): Reply {
  if (wanted.length === 0 || wanted.length > MOST) return ebayError(400, 25_709, 'API_INVENTORY')
  const responses = wanted.map(({ sku }) => {
    const quantity = seller.items.get(sku)?.quantity
    if (quantity === undefined) return { sku, statusCode: 404 }
    const availability = { shipToLocationAvailability: { quantity } }
    return { sku, statusCode: 200, inventoryItem: { sku, availability } }
  })
  return { status: responses.every(({ statusCode }) => statusCode === 200) ? 200 : 207, body: { responses } }
}

/** 200 where all went well, 207 where some did, each with a line of its own. */
function bulk(seller: Seller, changes: Change[]): Reply {
  if (changes.length === 0 || changes.length > MOST) return ebayError(400, 25_709, 'API_INVENTORY')
  const responses = changes.flatMap(change => apply(seller, change))
  return { status: responses.every(({ statusCode }) => statusCode === 200) ? 200 : 207, body: { responses } }
}

function apply(seller: Seller, { sku, shipToLocationAvailability, offers = [] }: Change): Outcome[] {
  const item = seller.items.get(sku)
  if (!item) {
    const { errors } = ebayError(404, 25_702, 'API_INVENTORY').body as { errors: unknown }
    return [{ sku, statusCode: 404, errors }]
  }
  if (!seller.revise(item)) return [{ sku, statusCode: 400, errors: REVISED_OUT.errors }]
  item.writes++
  if (shipToLocationAvailability) item.quantity = shipToLocationAvailability.quantity
  const outcomes: Outcome[] = [{ sku, statusCode: 200 }]
  for (const { offerId, availableQuantity } of offers) {
    const offer = item.offers.find(one => one.offerId === offerId)
    if (offer) offer.availableQuantity = availableQuantity
    outcomes.push({ sku, offerId, statusCode: offer ? 200 : 400 })
  }
  return outcomes
}
