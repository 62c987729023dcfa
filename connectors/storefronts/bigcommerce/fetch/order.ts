import type { Api } from '../../../sdk/index.ts'
import { every, fetchOne, fetchV2, fetchV3 } from '../api.ts'
import { isGone } from '../responses.ts'

export type BigRecord = Record<string, unknown>

/**
 * The order with its parts, which V2 gives as links. Parts that the order says it has none of are not asked for: the
 * quota is the store's, and all of its apps share it.
 */
export async function wholeOrder(api: Api, id: string): Promise<BigRecord> {
  const order = await fetchOne(api, { path: `/v2/orders/${id}` })
  const names = Object.keys(PARTS).filter(name => !Array.isArray(order[name]) && PARTS[name]?.has(order))
  const parts = await Promise.all(names.map(name => partOf(api, id, name).catch(noneIfGone)))
  const whole: BigRecord = { ...order }
  for (const name of Object.keys(PARTS)) if (!Array.isArray(whole[name])) delete whole[name]
  return { ...whole, ...Object.fromEntries(names.map((name, index) => [name, parts[index]])) }
}

/** The order is there: of a part that is not, it has none. */
function noneIfGone(thrown: unknown): BigRecord[] {
  if (isGone(thrown)) return []
  throw thrown
}

interface Part {
  has(order: BigRecord): boolean
  path?: (id: string) => string
}

const above0 = (value: unknown): boolean => Number(value) > 0
const isLink = (value: unknown): boolean => typeof value === 'object' && value !== null

const PARTS: Readonly<Record<string, Part>> = {
  products: { has: () => true },
  shipping_addresses: { has: order => order['shipping_address_count'] !== 0 },
  coupons: { has: order => isLink(order['coupons']) },
  fees: { has: order => isLink(order['fees']) },
  taxes: { has: order => above0(order['total_tax']) },
  shipments: { has: order => above0(order['items_shipped']) },
  refunds: {
    has: order => above0(order['refunded_amount']),
    path: id => `/v3/orders/${id}/payment_actions/refunds`,
  },
}

export function partOf(api: Api, id: string, name: string): Promise<BigRecord[]> {
  const path = PARTS[name]?.path?.(id)
  return path
    ? every(page => fetchV3<BigRecord>(api, { path }, page))
    : every(page => fetchV2<BigRecord>(api, { path: `/v2/orders/${id}/${name}` }, page))
}
