import type { Account } from './account.ts'
import type { SimOrder } from './draw-order.ts'
import { type Answer, type Asked, failure, ok, type Route } from './exchange.ts'
import { show2026 } from './show-2026.ts'
import { showItemV0, showV0 } from './show-v0.ts'

const TWO_MINUTES_MS = 120_000

/** Both versions of the Orders API over the same orders. */
export function orderRoutes(account: Account): Route {
  const { orders } = account
  return asked => {
    const { method, path } = asked
    const [, version, id, part] =
      /^\/orders\/(2026-01-01|v0)\/orders(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(path) ?? []
    if (!version) return undefined
    if (id === undefined) return version === 'v0' ? listV0(account, asked) : list2026(account, asked)
    const order = orders.get(decodeURIComponent(id))
    if (!order) return failure(404, 'ResourceNotFound', 'Order not found.')
    if (part === 'shipmentConfirmation' && method === 'POST') return confirm(account, order, asked)
    if (part === 'orderItems') return items(order, asked)
    return version === 'v0'
      ? ok({ payload: showV0(order, asked.restricted) })
      : ok({ order: show2026(order, included(asked)) })
  }
}

const included = ({ query }: Asked): Set<string> => new Set((query.get('includedData') ?? '').split(','))

function list2026(account: Account, asked: Asked): Answer {
  const { query } = asked
  const size = Number(query.get('maxResultsPerPage') ?? 100)
  if (size > 100) return failure(400, 'InvalidInput', 'maxResultsPerPage is out of range.')
  const found = window(account, asked, { size, token: query.get('paginationToken'), name: 'lastUpdated' })
  if ('status' in found) return found
  return ok({
    orders: found.items.map(order => show2026(order, included(asked))),
    ...(found.next === null ? {} : { pagination: { nextToken: found.next } }),
    lastUpdatedBefore: query.get('lastUpdatedBefore'),
  })
}

function listV0(account: Account, asked: Asked): Answer {
  const { query, restricted } = asked
  const size = Number(query.get('MaxResultsPerPage') ?? 100)
  const found = window(account, asked, { size, token: query.get('NextToken'), name: 'LastUpdated' })
  if ('status' in found) return found
  const NextToken = found.next === null ? {} : { NextToken: found.next }
  return ok({ payload: { Orders: found.items.map(order => showV0(order, restricted)), ...NextToken } })
}

interface Window {
  size: number
  token: string | null
  name: 'lastUpdated' | 'LastUpdated'
}

function window({ orders, pager, now }: Account, { query }: Asked, { size, token, name }: Window) {
  const after = Date.parse(query.get(`${name}After`) ?? '')
  const before = query.has(`${name}Before`) ? Date.parse(query.get(`${name}Before`)!) : now() - TWO_MINUTES_MS
  if (Number.isNaN(after)) return failure(400, 'InvalidInput', `${name}After is missing.`)
  if (before > now() - TWO_MINUTES_MS)
    return failure(400, 'InvalidInput', `${name}Before must be at least two minutes before now.`)
  if (token !== null)
    return pager.resume<SimOrder>(token, size) ?? failure(400, 'InvalidInput', 'The token is not valid.')
  const found = [...orders.values()]
    .filter(({ changedAt }) => changedAt >= after && changedAt <= before)
    .sort((one, other) => one.changedAt - other.changedAt)
  return pager.page(found, size)
}

function items(order: SimOrder, { restricted }: Asked): Answer {
  const view = { priced: order.status !== 'Pending', restricted }
  return ok({
    payload: { AmazonOrderId: order.id, OrderItems: order.items.map(item => showItemV0(item, view)) },
  })
}

interface PackageDetail {
  packageReferenceId?: string
  carrierCode?: string
  carrierName?: string
  shippingMethod?: string
  trackingNumber?: string
  shipDate?: string
  orderItems?: { orderItemId: string; quantity: number }[]
}

/** A known reference edits its parcel; an unknown one is a new parcel, as far as units are left. */
function confirm({ now }: Account, order: SimOrder, { body }: Asked): Answer {
  const detail = (body['packageDetail'] ?? {}) as PackageDetail
  const {
    packageReferenceId: reference = '',
    carrierCode,
    trackingNumber,
    shipDate,
    orderItems = [],
  } = detail
  if (!body['marketplaceId'] || !/^[1-9]\d*$/.test(reference) || !carrierCode || !trackingNumber || !shipDate)
    return failure(400, 'InvalidInput', 'The shipment is not complete.')
  if (carrierCode === 'Other' && !detail.carrierName)
    return failure(400, 'InvalidInput', 'carrierName is missing.')
  if (order.status === 'Pending' || order.status === 'Canceled')
    return failure(400, 'InvalidInput', 'The order cannot be shipped.')
  const others = order.packages.filter(parcel => parcel.reference !== reference)
  for (const { orderItemId, quantity } of orderItems)
    if (unitsLeft(order, others, orderItemId) < quantity)
      return failure(400, 'InvalidInput', 'The quantity exceeds what is left to ship.')
  const writes = (order.packages.find(parcel => parcel.reference === reference)?.writes ?? 0) + 1
  const carrier = detail.carrierName ?? carrierCode
  order.packages = [
    ...others,
    {
      reference,
      carrier,
      trackingNumber,
      shippedAt: shipDate,
      items: orderItems,
      writes,
      ...(detail.shippingMethod && { method: detail.shippingMethod }),
    },
  ]
  settle(order)
  order.changedAt = now()
  return { status: 204 }
}

const packed = (packages: SimOrder['packages'], id: string): number =>
  packages
    .flatMap(({ items: held }) => held)
    .reduce((sum, one) => sum + (one.orderItemId === id ? one.quantity : 0), 0)

const unitsLeft = (order: SimOrder, packages: SimOrder['packages'], id: string): number =>
  (order.items.find(item => item.id === id)?.quantity ?? 0) - packed(packages, id)

function settle(order: SimOrder): void {
  for (const item of order.items) item.shipped = packed(order.packages, item.id)
  const left = order.items.some(item => item.shipped < item.quantity)
  order.status = left ? 'PartiallyShipped' : 'Shipped'
}
