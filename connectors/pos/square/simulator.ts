import { createHmac } from 'node:crypto'
import type { Feed } from '../../sdk/index.ts'
import type { PartnerSimulator, SimulatedStock, SimulatorOptions } from '../../sdk/testkit/conformance.ts'
import { type Asked, type Reply, servePartner } from '../../sdk/testkit/serve-partner.ts'
import { Pages, refused } from './simulator/answers.ts'
import { readRoutes } from './simulator/reads.ts'
import { addItem, addOrder, addRefund, openTill, setCount, timeOf } from './simulator/till.ts'
import type { Subscription, Till } from './simulator/types.ts'
import { writeRoutes } from './simulator/writes.ts'

export interface SquareOptions extends SimulatorOptions {
  merchantId: string
  /** Live from the beginning. */
  accessToken: string
  refreshToken: string
  clientId: string
  clientSecret: string
  applicationToken: string
  signatureKey: string
}

export interface SquareSimulator extends PartnerSimulator {
  readonly till: Till
}

const PER_SECOND = 400

/** Square for one merchant: tokens that end, lists by cursor, versions of orders, idempotency keys, 429. */
export async function createSquareSimulator(options: SquareOptions): Promise<SquareSimulator> {
  const { now } = options
  const till = openTill(options)
  const subscriptions = new Map<string, Subscription>()
  const tokens = new Set([options.accessToken])
  let given = 0
  const calls: number[] = []
  const server = await servePartner({
    routes: [
      {
        method: 'POST',
        path: /^\/oauth2\/token$/,
        answer: asked => {
          const token = `EAAA-simulated-${given + 1}`
          const reply = tokenReply(options, { asked, token })
          if (reply.status === 200) given = tokens.add(token) && given + 1
          return reply
        },
      },
      ...readRoutes(till, new Pages()),
      ...writeRoutes({ ...options, till, subscriptions }),
    ],
    guard({ path, headers }) {
      if (path === '/oauth2/token') return undefined
      const token = headers['authorization']?.replace(/^Bearer /, '') ?? ''
      const live = path.startsWith('/v2/webhooks') ? token === options.applicationToken : tokens.has(token)
      if (!live) return refused(401, 'AUTHENTICATION_ERROR', 'UNAUTHORIZED')
      calls.splice(0, calls.length, ...calls.filter(at => at > now() - 1_000), now())
      return calls.length > PER_SECOND ? refused(429, 'RATE_LIMIT_ERROR', 'RATE_LIMITED') : undefined
    },
  })
  return {
    ...server,
    till,
    seed: (feed, count, at) => seed(till, { feed, count, at }),
    touch: (feed, id, at) => touch(till, { feed, id, at }),
    stock: stockIn(till, now),
    held: resource => (resource === 'inventory' ? heldCounts(till) : heldParcels(till)),
    expireTokens: () => tokens.clear(),
    tokensGiven: () => given,
    subscriptions: () =>
      [...subscriptions.values()].flatMap(one =>
        one.enabled ? one.event_types.map(topic => ({ topic, url: one.notification_url })) : [],
      ),
    dropSubscriptions() {
      for (const one of subscriptions.values()) one.enabled = false
    },
  }
}

function tokenReply(options: SquareOptions, { asked, token }: { asked: Asked; token: string }): Reply {
  const { body } = asked
  const told = body instanceof URLSearchParams ? Object.fromEntries(body) : (body as Record<string, string>)
  const right =
    told['client_id'] === options.clientId &&
    told['client_secret'] === options.clientSecret &&
    (told['grant_type'] !== 'refresh_token' || told['refresh_token'] === options.refreshToken)
  if (!right) return { status: 401, body: { message: 'Not Authorized', type: 'service.not_authorized' } }
  return {
    status: 200,
    body: {
      ...{ access_token: token, token_type: 'bearer', merchant_id: options.merchantId },
      ...{ refresh_token: options.refreshToken, expires_at: timeOf(options.now() + 30 * 86_400_000) },
    },
  }
}

interface Of {
  feed: Feed
  at: number
}

function seed(till: Till, { feed, count, at }: Of & { count: number }): string[] {
  return Array.from({ length: count }, (_, index) => {
    const time = at + index * 1_000
    const n = till.orders.size + till.items.size + till.counts.size + 1
    if (feed === 'order') return addOrder(till, { id: `SEED-${n}`, n, at: time }).id
    if (feed === 'return') return addRefund(till, { id: `SEED-${n}`, at: time, source: 'ORDER-1' }).id
    if (feed === 'product') return addItem(till, { id: `SEED-${n}`, sku: `SEED-SKU-${n}`, at: time }).id
    const count = { catalog_object_id: `SEED-${n}`, location_id: 'LOC-01', quantity: String(index) }
    setCount(till, { ...count, at: time })
    return `${count.catalog_object_id}@LOC-01`
  })
}

function touch(till: Till, { feed, id, at }: Of & { id: string }): void {
  const changed = { updated_at: timeOf(at) }
  const order = till.orders.get(id)
  if (feed === 'order' && order) Object.assign(order, changed, { version: order.version + 1 })
  const refund = till.refunds.get(id)
  if (feed === 'return' && refund) Object.assign(refund, changed)
  const item = till.items.get(id)
  if (feed === 'product' && item) Object.assign(item, changed, { version: at })
  const count = till.counts.get(id)
  if (feed === 'inventory' && count)
    setCount(till, { ...count, quantity: String(Number(count.quantity) + 1), at })
}

/** Articles of the till at its first location. */
const stockIn = (till: Till, now: () => number): SimulatedStock => ({
  shown: n => Number(till.counts.get(`VAR-ITEM-${n}@LOC-01`)?.quantity),
  put(n, units) {
    const of = { catalog_object_id: `VAR-ITEM-${n}`, location_id: 'LOC-01' }
    setCount(till, { ...of, quantity: String(units), at: now() })
  },
  // One of the ten is refused, and searched for by itself.
  calls: 5,
})

const heldCounts = (till: Till) =>
  [...till.counts.values()]
    .filter(({ writes }) => writes > 0)
    .map(({ writes, ...body }) => ({ key: body.catalog_object_id, body, writes }))

const heldParcels = (till: Till) =>
  [...till.orders.values()].flatMap(({ id, fulfillments, writes }) =>
    fulfillments
      .filter(({ metadata }) => metadata !== undefined)
      .map(body => ({ key: `${id}/${body.uid}`, body, writes })),
  )

/** As Square signs: address and body. */
export const signSquare = (of: { url: string; body: Buffer; secret: string }): Record<string, string> => ({
  'content-type': 'application/json',
  'square-environment': 'Production',
  'x-square-hmacsha256-signature': createHmac('sha256', of.secret)
    .update(of.url)
    .update(of.body)
    .digest('base64'),
})
