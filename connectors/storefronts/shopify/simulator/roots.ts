import type { Fulfilment } from './fulfilment.ts'
import { connection } from './graphql-execute.ts'
import { orderNode } from './order-node.ts'
import { productNode, type RestProduct } from './product-node.ts'
import type { RestOrder } from './rest-types.ts'
import type { Stock } from './stock.ts'
import type { Subscriptions } from './subscriptions.ts'

export interface ShopData {
  shop: string
  timeZone: string
  currency: string
  scopes: readonly string[]
  orders: ReadonlyMap<number, RestOrder>
  products: ReadonlyMap<number, RestProduct>
  /** Returns as nodes, by global id. */
  returns: ReadonlyMap<string, Record<string, unknown>>
  stock: Stock
  fulfilment: Fulfilment
  subscriptions: Subscriptions
}

/** What the Admin API can be asked. */
export function rootsOf({
  returns,
  shop,
  timeZone,
  currency,
  scopes,
  orders,
  products,
  stock,
  fulfilment,
  subscriptions,
}: ShopData) {
  const node = (order: RestOrder) => ({ ...orderNode(order), ...fulfilment.ofOrder(order) })
  const oneOrder = (id: string) => {
    const order = orders.get(numberOf(id))
    return order ? node(order) : null
  }
  return {
    query: {
      shop: {
        id: 'gid://shopify/Shop/1',
        name: shop.split('.')[0],
        myshopifyDomain: shop,
        ianaTimezone: timeZone,
        currencyCode: currency,
      },
      currentAppInstallation: { accessScopes: scopes.map(handle => ({ handle })) },
      order: ({ id }: Record<string, unknown>) => oneOrder(String(id)),
      ordersCount: (args: Record<string, unknown>) => {
        const { length } = changedSince(orders.values(), String(args['query'] ?? ''))
        const limit = Number(args['limit'] ?? 10_000)
        return { count: Math.min(length, limit), precision: length > limit ? 'AT_LEAST' : 'EXACT' }
      },
      product: ({ id }: Record<string, unknown>) => {
        const product = products.get(numberOf(String(id)))
        return product ? productNode(product) : null
      },
      products: (args: Record<string, unknown>) => {
        const changed = changedSince(products.values(), String(args['query'] ?? ''))
        const { nodes, pageInfo } = connection(changed, args, keyOf)
        return { nodes: nodes.map(productNode), pageInfo }
      },
      orders: (args: Record<string, unknown>) => {
        const changed = changedSince(orders.values(), String(args['query'] ?? ''))
        const { nodes, pageInfo } = connection(changed, args, keyOf)
        return { nodes: nodes.map(node), pageInfo }
      },
      webhookSubscriptions: subscriptions.query,
      return: ({ id }: Record<string, unknown>) => returns.get(String(id)) ?? null,
      ...stock.queries,
    },
    mutation: { ...subscriptions.mutations, ...stock.mutations, ...fulfilment.mutations },
  }
}

const numberOf = (gid: string): number => Number(gid.split('/').pop())

type Changing = Pick<RestOrder, 'id' | 'updated_at'>

/** Position in `sortKey: UPDATED_AT`: time, then id. */
const keyOf = ({ id, updated_at }: Changing): string =>
  `${String(Date.parse(updated_at)).padStart(15, '0')}|${String(id).padStart(16, '0')}`

function changedSince<One extends Changing>(all: Iterable<One>, query: string): One[] {
  const since = /updated_at:>='?([^'\s]+)'?/.exec(query)?.[1]
  const from = since ? Date.parse(since) : Number.NEGATIVE_INFINITY
  const ids = new Set([...query.matchAll(/\bid:(\d+)/g)].map(([, id]) => Number(id)))
  return [...all]
    .filter(one => Date.parse(one.updated_at) >= from && (ids.size === 0 || ids.has(one.id)))
    .map(one => ({ one, key: keyOf(one) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ one }) => one)
}
