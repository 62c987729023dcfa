import { connection } from './graphql-execute.ts'
import { orderNode } from './order-node.ts'
import type { RestOrder } from './rest-types.ts'
import type { Subscriptions } from './subscriptions.ts'

export interface ShopData {
  shop: string
  timeZone: string
  scopes: readonly string[]
  orders: ReadonlyMap<number, RestOrder>
  subscriptions: Subscriptions
}

/** What the Admin API can be asked. */
export function rootsOf({ shop, timeZone, scopes, orders, subscriptions }: ShopData) {
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
        return order ? orderNode(order) : null
      },
      orders: (args: Record<string, unknown>) => {
        const changed = changedSince(orders.values(), String(args['query'] ?? ''))
        const { nodes, pageInfo } = connection(changed, args, keyOf)
        return { nodes: nodes.map(orderNode), pageInfo }
      },
      webhookSubscriptions: subscriptions.query,
    },
    mutation: subscriptions.mutations,
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
