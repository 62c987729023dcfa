import type { Fulfilment } from './fulfilment.ts'
import { connection } from './graphql-execute.ts'
import { orderNode } from './order-node.ts'
import type { RestOrder } from './rest-types.ts'
import type { Stock } from './stock.ts'
import type { Subscriptions } from './subscriptions.ts'

export interface ShopData {
  shop: string
  timeZone: string
  scopes: readonly string[]
  orders: ReadonlyMap<number, RestOrder>
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
  scopes,
  orders,
  stock,
  fulfilment,
  subscriptions,
}: ShopData) {
  const node = (order: RestOrder) => ({ ...orderNode(order), ...fulfilment.ofOrder(order) })
  return {
    query: {
      shop: {
        id: 'gid://shopify/Shop/1',
        name: shop.split('.')[0],
        myshopifyDomain: shop,
        ianaTimezone: timeZone,
      },
      currentAppInstallation: { accessScopes: scopes.map(handle => ({ handle })) },
      order: ({ id }: Record<string, unknown>) => {
        const order = orders.get(Number(String(id).split('/').pop()))
        return order ? node(order) : null
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

/** Position in `sortKey: UPDATED_AT`: time, then id. */
const keyOf = (order: RestOrder): string =>
  `${String(Date.parse(order.updated_at)).padStart(15, '0')}|${String(order.id).padStart(16, '0')}`

function changedSince(orders: Iterable<RestOrder>, query: string): RestOrder[] {
  const since = /updated_at:>='?([^'\s]+)'?/.exec(query)?.[1]
  const from = since ? Date.parse(since) : Number.NEGATIVE_INFINITY
  return [...orders]
    .filter(order => Date.parse(order.updated_at) >= from)
    .map(order => ({ order, key: keyOf(order) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ order }) => order)
}
