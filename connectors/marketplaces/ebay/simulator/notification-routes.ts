import { challengeResponse } from '../../../sdk/index.ts'
import type { Reply, Route } from '../../../sdk/testkit/serve-partner.ts'
import { ebayError } from './replies.ts'
import type { SigningKey } from './signing.ts'

export interface Destination {
  destinationId: string
  name: string
  status: 'ENABLED' | 'DISABLED' | 'MARKED_DOWN'
  deliveryConfig: { endpoint: string; verificationToken: string }
}

export interface Subscription {
  subscriptionId: string
  topicId: string
  destinationId: string
  status: 'ENABLED' | 'DISABLED'
}

/** Asks an address for the answer to a challenge; without it, every address is believed. */
export type AskAddress = (endpoint: string, code: string) => Promise<string | undefined>

export interface NotificationState {
  destinations: Map<string, Destination>
  subscriptions: Map<string, Subscription>
  key: SigningKey
  askAddress?: AskAddress
}

const BASE = '/commerce/notification/v1'
const at = (path: string): RegExp => new RegExp(`^${BASE}${path}$`)
const unknown = ebayError(404, 195_003, 'API_NOTIFICATION')

export function notificationRoutes(state: NotificationState): Route[] {
  const { destinations, subscriptions, key } = state
  let last = 0
  const change = (id: string, status: Subscription['status']): Reply => {
    const found = subscriptions.get(id)
    if (!found) return unknown
    found.status = status
    return { status: 204 }
  }
  return [
    {
      method: 'GET',
      path: at('/public_key/([^/]+)'),
      answer: (_, id) =>
        id === key.keyId
          ? { status: 200, body: { key: key.publicKey, algorithm: 'ECDSA', digest: 'SHA1' } }
          : ebayError(404, 195_020, 'API_NOTIFICATION'),
    },
    { method: 'PUT', path: at('/config'), answer: () => ({ status: 204 }) },
    {
      method: 'GET',
      path: at('/destination'),
      answer: () => ({
        status: 200,
        body: { total: destinations.size, destinations: [...destinations.values()] },
      }),
    },
    {
      method: 'POST',
      path: at('/destination'),
      async answer({ body, origin }) {
        const made = { ...(body as Destination), destinationId: `destination-${++last}` }
        const refused = await refusal(state, made)
        if (refused) return refused
        destinations.set(made.destinationId, made)
        return { status: 201, headers: { location: `${origin}${BASE}/destination/${made.destinationId}` } }
      },
    },
    {
      method: 'PUT',
      path: at('/destination/([^/]+)'),
      async answer({ body }, id = '') {
        const made = { ...(body as Destination), destinationId: id }
        const refused = destinations.has(id) ? await refusal(state, made) : unknown
        if (refused) return refused
        destinations.set(id, made)
        return { status: 204 }
      },
    },
    {
      method: 'GET',
      path: at('/subscription'),
      answer: () => ({
        status: 200,
        body: { total: subscriptions.size, subscriptions: [...subscriptions.values()] },
      }),
    },
    {
      method: 'POST',
      path: at('/subscription'),
      answer({ body, origin }) {
        const made = { ...(body as Subscription), subscriptionId: `subscription-${++last}` }
        if (!destinations.has(made.destinationId)) return unknown
        subscriptions.set(made.subscriptionId, made)
        return { status: 201, headers: { location: `${origin}${BASE}/subscription/${made.subscriptionId}` } }
      },
    },
    {
      method: 'POST',
      path: at('/subscription/([^/]+)/enable'),
      answer: (_, id = '') => change(id, 'ENABLED'),
    },
    {
      method: 'DELETE',
      path: at('/subscription/([^/]+)'),
      answer: (_, id = '') => (subscriptions.delete(id) ? { status: 204 } : unknown),
    },
  ]
}

/** eBay knocks at the address before it writes it down. */
async function refusal(
  { askAddress }: NotificationState,
  { deliveryConfig }: Destination,
): Promise<Reply | null> {
  const { endpoint = '', verificationToken = '' } = deliveryConfig ?? {}
  if (!/^https:/.test(endpoint) || !/^[\w-]{32,80}$/.test(verificationToken))
    return ebayError(400, 195_018, 'API_NOTIFICATION')
  if (!askAddress) return null
  const code = 'a8628072-simulated'
  const expected = challengeResponse(code, verificationToken, endpoint)
  return (await askAddress(endpoint, code)) === expected ? null : ebayError(409, 195_021, 'API_NOTIFICATION')
}
