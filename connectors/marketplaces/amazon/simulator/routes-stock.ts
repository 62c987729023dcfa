import type { Account, SimListing, SimReturn, SimStock } from './account.ts'
import { MARKETPLACE, time } from './draw-order.ts'
import { type Answer, type Asked, failure, ok, type Route } from './exchange.ts'

const PAGE = 50

/** FBA stock, listings and returns of External Fulfilment. */
export function stockRoutes(account: Account): Route {
  return asked => {
    if (asked.path === '/fba/inventory/v1/summaries') return summaries(account, asked)
    if (asked.path === '/externalFulfillment/2024-09-11/returns') return returns(account, asked)
    const [, sku] = /^\/listings\/2021-08-01\/items\/[^/]+\/([^/]+)$/.exec(asked.path) ?? []
    return sku === undefined ? undefined : listing(account, decodeURIComponent(sku), asked)
  }
}

function summaries({ stock, pager }: Account, { query }: Asked): Answer {
  const token = query.get('nextToken')
  const since = Date.parse(query.get('startDateTime') ?? '1970-01-01T00:00:00Z')
  if (query.get('marketplaceIds') !== MARKETPLACE.id)
    return failure(400, 'InvalidInput', 'Unknown marketplace.')
  const found =
    token === null
      ? pager.page(
          [...stock.values()].filter(({ changedAt }) => changedAt >= since),
          PAGE,
        )
      : pager.resume<SimStock>(token, PAGE)
  if (!found) return failure(400, 'InvalidInput', 'The token is not valid.')
  return ok({
    payload: {
      granularity: { granularityType: 'Marketplace', granularityId: MARKETPLACE.id },
      inventorySummaries: found.items.map(summaryOf),
    },
    ...(found.next === null ? {} : { pagination: { nextToken: found.next } }),
  })
}

const summaryOf = ({ sku, asin, fulfillable, changedAt }: SimStock) => ({
  ...{
    asin,
    sellerSku: sku,
    fnSku: `X0${asin.slice(2)}`,
    condition: 'NewItem',
    productName: 'Invented goods',
  },
  lastUpdatedTime: time(changedAt),
  totalQuantity: fulfillable + 3,
  inventoryDetails: {
    ...{
      fulfillableQuantity: fulfillable,
      inboundWorkingQuantity: 0,
      inboundShippedQuantity: 2,
      inboundReceivingQuantity: 1,
    },
    reservedQuantity: { totalReservedQuantity: 0 },
    researchingQuantity: { totalResearchingQuantity: 0 },
    unfulfillableQuantity: { totalUnfulfillableQuantity: 0 },
  },
})

function returns({ returns: all, pager }: Account, { query }: Asked): Answer {
  const token = query.get('nextToken')
  const size = Number(query.get('maxResults') ?? 10)
  const since = Date.parse(query.get('createdSince') ?? '1970-01-01T00:00:00Z')
  const found =
    token === null
      ? pager.page(
          [...all.values()].filter(({ createdAt }) => createdAt >= since),
          size,
        )
      : pager.resume<SimReturn>(token, size)
  if (!found) return failure(400, 'InvalidInput', 'The token is not valid.')
  return ok({ returns: found.items.map(returnOf), ...(found.next === null ? {} : { nextToken: found.next }) })
}

const returnOf = ({ id, orderId, sku, status, createdAt, changedAt }: SimReturn) => ({
  ...{ id, status, merchantSku: sku, numberOfUnits: 1, returnType: 'CUSTOMER', returnSubType: 'NORMAL' },
  creationDateTime: time(createdAt),
  lastUpdatedDateTime: time(changedAt),
  returnMetadata: { returnReason: 'Changed mind', rmaId: `RMA-${id}` },
  returnShippingInfo: { reverseTrackingInfo: { carrierName: 'UPS', trackingId: `1Z${id}` } },
  marketplaceChannelDetails: {
    customerOrderId: orderId,
    marketplaceChannel: { marketplaceName: 'AMAZON_US', channelName: 'FBA' },
  },
})

interface Patch {
  op: string
  path: string
  value: { fulfillment_channel_code?: string; quantity?: number }[]
}

function shown(listing: SimListing | undefined, query: URLSearchParams): Answer {
  if (!listing) return failure(404, 'NOT_FOUND', 'Not listed.')
  const { sku, quantity } = listing
  const availability = [{ fulfillmentChannelCode: 'DEFAULT', quantity }]
  const isAsked = query.get('includedData')?.includes('fulfillmentAvailability')
  return ok({ sku, ...(isAsked ? { fulfillmentAvailability: availability } : {}) })
}

/** SKUs that begin with UNKNOWN are not listed. A refusal comes with 200. */
function listing({ listings, next }: Account, sku: string, { method, body, query }: Asked): Answer {
  if (method === 'GET') return shown(listings.get(sku), query)
  if (method !== 'PATCH') return failure(400, 'InvalidInput', 'Only reads and patches are simulated.')
  if (!query.get('marketplaceIds')) return failure(400, 'InvalidInput', 'marketplaceIds is missing.')
  const [patch] = (body['patches'] ?? []) as Patch[]
  const quantity = patch?.value[0]?.quantity
  const submissionId = `submission-${next()}`
  if (
    sku.startsWith('UNKNOWN') ||
    patch?.path !== '/attributes/fulfillment_availability' ||
    quantity === undefined
  )
    return ok({
      sku,
      status: 'INVALID',
      submissionId,
      issues: [{ code: '90244', severity: 'ERROR', message: 'Not listed.' }],
    })
  const writes = (listings.get(sku)?.writes ?? 0) + 1
  listings.set(sku, { sku, quantity, writes })
  return ok({ sku, status: 'ACCEPTED', submissionId, issues: [] })
}
