import {
  type ConnectionView,
  parseInstant,
  type RawRequest,
  type Receive,
  receiveBy,
  SIGNATURE_SCHEMES,
  type WebhookView,
} from '../../sdk/index.ts'
import { shopUrlOf } from './settings.ts'

const declared = receiveBy({
  signature: SIGNATURE_SCHEMES.woocommerce,
  topic: { header: 'x-wc-webhook-topic' },
  dedupeKey: [{ header: 'x-wc-webhook-id' }, { header: 'x-wc-webhook-delivery-id' }],
  eventAt: writtenAt,
  keepHeaders: [
    'x-wc-webhook-topic',
    'x-wc-webhook-resource',
    'x-wc-webhook-event',
    'x-wc-webhook-source',
    'x-wc-webhook-id',
    'x-wc-webhook-delivery-id',
  ],
  check: foreignShop,
})

/**
 * No time is sent, and a webhook may be on its way for long. What it shows of an order was written within the second that
 * the order names, so a poll of later, which shows all of that second, is newer. A product's stock changes without its date.
 */
function writtenAt({ request, body }: WebhookView): number {
  const { receivedAt, headers } = request
  if (!headers['x-wc-webhook-topic']?.startsWith('order.')) return receivedAt
  const order = body() as { date_modified_gmt?: unknown } | null | undefined
  const second = parseInstant(`${String(order?.date_modified_gmt)}Z`)?.ms
  return second === undefined ? receivedAt : Math.min(receivedAt, second + 999)
}

/** Pings come first, because WooCommerce does not sign them; nothing of one is stored. */
export const receive: Receive = (request, connection, context) =>
  isPing(request) ? { ok: true, messages: [] } : declared(request, withSecret(connection), context)

/** What a webhook sends once when it is made active: it must be answered 200. */
const isPing = ({ headers, body }: RawRequest): boolean =>
  body.length < 40 &&
  headers['x-wc-webhook-signature'] === undefined &&
  /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '') &&
  /^webhook_id=\d+$/.test(body.toString('latin1'))

/** The secret that `subscribe` gives to webhooks. */
export const webhookSecretsOf = ({ secrets }: ConnectionView): readonly string[] => {
  const own = secrets['webhookSecret'] ?? []
  return own.length > 0 ? own : (secrets['consumerSecret'] ?? [])
}

const withSecret = (connection: ConnectionView): ConnectionView => ({
  ...connection,
  secrets: { ...connection.secrets, webhookSecret: webhookSecretsOf(connection) },
})

/** One secret may serve several shops of a merchant. */
function foreignShop({ request, connection }: WebhookView): string | null {
  const source = request.headers['x-wc-webhook-source']
  return !source || placeOf(source) === placeOf(shopUrlOf(connection.settings))
    ? null
    : 'The webhook comes from another shop than this connection’s.'
}

/** Without the scheme: behind a proxy, WordPress may think that it speaks plain HTTP. */
function placeOf(address: string): string {
  const url = URL.parse(address)
  return url ? `${url.host}${url.pathname.replace(/\/+$/, '')}` : address
}
