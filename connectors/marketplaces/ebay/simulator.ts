import type { Resource } from '../../sdk/index.ts'
import type { PartnerSimulator, SimulatorOptions } from '../../sdk/testkit/conformance.ts'
import { type Asked, type Reply, servePartner } from '../../sdk/testkit/serve-partner.ts'
import { TOKEN_PATH } from './settings.ts'
import {
  type AskAddress,
  type NotificationState,
  notificationRoutes,
} from './simulator/notification-routes.ts'
import { orderRoutes } from './simulator/order-routes.ts'
import { ebayError } from './simulator/replies.ts'
import { Seller } from './simulator/seller.ts'
import type { SigningKey } from './simulator/signing.ts'
import { stockRoutes } from './simulator/stock-routes.ts'
import { type App, Tokens } from './simulator/tokens.ts'

export interface EbayOptions extends SimulatorOptions, App {
  key: SigningKey
  askAddress?: AskAddress
}

export interface EbaySimulator extends PartnerSimulator {
  readonly seller: Seller
  readonly tokens: Tokens
  readonly notifications: NotificationState
}

/** What only the app may ask for; all else is the merchant’s. */
const OF_APP = /^\/commerce\/notification\/v1\/(destination|config|public_key)/

/** A seller’s account with its token endpoint, Fulfillment, Inventory and Notification APIs. */
export async function createEbaySimulator(options: EbayOptions): Promise<EbaySimulator> {
  const { now, key, askAddress } = options
  const seller = new Seller(options)
  const tokens = new Tokens(options, now)
  const notifications: NotificationState = {
    destinations: new Map(),
    subscriptions: new Map(),
    key,
    ...(askAddress ? { askAddress } : {}),
  }
  const guard = (asked: Asked): Reply | undefined => {
    if (asked.path === TOKEN_PATH) return undefined
    const wanted = OF_APP.test(asked.path) ? 'app' : 'user'
    const kind = tokens.kindOf(asked)
    if (kind === null) return ebayError(401, 1_001, 'OAuth')
    return kind === wanted ? undefined : ebayError(403, 1_100, 'ACCESS')
  }
  const token = new RegExp(`^${TOKEN_PATH}$`)
  const server = await servePartner({
    guard,
    routes: [
      { method: 'POST', path: token, answer: asked => tokens.answer(asked) },
      ...orderRoutes(seller),
      ...stockRoutes(seller),
      ...notificationRoutes(notifications),
    ],
    notFound: ebayError(404, 2_002, 'ACCESS'),
  })
  const { destinations, subscriptions } = notifications
  return {
    ...server,
    seller,
    tokens,
    notifications,
    seed: (_feed, count, at) =>
      Array.from({ length: count }, (_, index) => seller.addOrder(at + index * 1_000).orderId),
    touch: (_feed, id, at) => seller.touch(id, at),
    held: resource => held(seller, resource),
    expireTokens: () => tokens.expireAll(),
    tokensGiven: () => tokens.given,
    subscriptions: () =>
      [...subscriptions.values()]
        .filter(({ status }) => status === 'ENABLED')
        .map(({ topicId, destinationId }) => ({
          topic: topicId,
          url: destinations.get(destinationId)?.deliveryConfig.endpoint ?? '',
        })),
    dropSubscriptions() {
      for (const one of destinations.values()) one.status = 'MARKED_DOWN'
      for (const one of subscriptions.values()) one.status = 'DISABLED'
    },
  }
}

type Held = { key: string; body: unknown; writes: number }

function held({ fulfilments, items }: Seller, resource: Resource): Held[] {
  if (resource === 'inventory')
    return [...items.values()]
      .filter(({ writes }) => writes > 0)
      .map(({ sku, quantity, offers, writes }) => ({ key: sku, body: { quantity, offers }, writes }))
  return [...fulfilments].flatMap(([orderId, parcels]) => shipped(orderId, parcels))
}

/** One record an order, since a corrected number can only be added; a parcel that is told twice is a second record. */
function shipped(orderId: string, parcels: readonly { fulfillmentId: string }[]): Held[] {
  const doubled = parcels.length - new Set(parcels.map(({ fulfillmentId }) => fulfillmentId)).size
  return Array.from({ length: 1 + doubled }, (_, index) => ({
    key: `${orderId}#${index}`,
    body: parcels,
    writes: parcels.length,
  }))
}
