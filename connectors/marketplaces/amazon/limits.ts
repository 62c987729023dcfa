import { type Limits, type PricedRoute, priceByRoute, rateHeader } from '../../sdk/index.ts'
import { amazonSettings } from './settings.ts'

/**
 * Usage plans count per operation, per selling partner and app: rate per second and burst as documented; answers tell
 * the real rate (https://developer-docs.amazon.com/sp-api/docs/usage-plans-and-rate-limits). Longer paths first.
 */
const OPERATIONS: readonly [
  operation: string,
  route: Omit<PricedRoute, 'bucket'>,
  rate: number,
  burst: number,
][] = [
  ['searchOrders', { method: 'GET', path: /^\/orders\/2026-01-01\/orders$/ }, 0.0056, 20],
  ['getOrder', { method: 'GET', path: /^\/orders\/2026-01-01\/orders\/[^/]+$/ }, 0.5, 30],
  ['getOrdersV0', { method: 'GET', path: /^\/orders\/v0\/orders$/ }, 0.0167, 20],
  ['getOrderV0', { method: 'GET', path: /^\/orders\/v0\/orders\/[^/]+$/ }, 0.5, 30],
  ['getOrderItemsV0', { method: 'GET', path: /^\/orders\/v0\/orders\/[^/]+\/orderItems$/ }, 0.5, 30],
  ['confirmShipment', { method: 'POST', path: /^\/orders\/v0\/orders\/[^/]+\/shipmentConfirmation$/ }, 2, 10],
  ['getInventorySummaries', { method: 'GET', path: /^\/fba\/inventory\/v1\/summaries$/ }, 2, 2],
  ['patchListingsItem', { method: 'PATCH', path: /^\/listings\/2021-08-01\/items\// }, 5, 5],
  ['getListingsItem', { method: 'GET', path: /^\/listings\/2021-08-01\/items\// }, 5, 10],
  ['getReports', { method: 'GET', path: /^\/reports\/2021-06-30\/reports$/ }, 0.0222, 10],
  ['getReport', { method: 'GET', path: /^\/reports\/2021-06-30\/reports\/[^/]+$/ }, 2, 15],
  ['getReportDocument', { method: 'GET', path: /^\/reports\/2021-06-30\/documents\/[^/]+$/ }, 0.0167, 15],
  ['listReturns', { method: 'GET', path: /^\/externalFulfillment\/2024-09-11\/returns$/ }, 5, 10],
  ['createRestrictedDataToken', { method: 'POST', path: /^\/tokens\/2021-03-01\// }, 1, 10],
  ['getMarketplaceParticipations', { method: 'GET', path: /^\/sellers\/v1\// }, 0.016, 15],
  ['getDestinations', { method: 'GET', path: /^\/notifications\/v1\/destinations/ }, 1, 5],
  ['createDestination', { method: 'POST', path: /^\/notifications\/v1\/destinations$/ }, 1, 5],
  ['getSubscription', { method: 'GET', path: /^\/notifications\/v1\/subscriptions\// }, 1, 5],
  ['createSubscription', { method: 'POST', path: /^\/notifications\/v1\/subscriptions\// }, 1, 5],
  ['deleteSubscription', { method: 'DELETE', path: /^\/notifications\/v1\/subscriptions\// }, 1, 5],
]

export const limits: Limits = {
  buckets: Object.fromEntries(
    OPERATIONS.map(([operation, , refillPerSecond, capacity]) => [operation, { capacity, refillPerSecond }]),
  ),
  account(connection) {
    const { region, sellerId } = amazonSettings(connection)
    const app = connection.secrets['clientId']?.[0] ?? ''
    return sellerId ? `${region}:${sellerId}:${app}` : connection.id
  },
  price: priceByRoute(OPERATIONS.map(([bucket, route]) => ({ bucket, ...route }))),
  read: rateHeader('x-amzn-ratelimit-limit'),
}
