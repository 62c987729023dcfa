import { createHash } from 'node:crypto'
import {
  type ConnectionView,
  parseInstant,
  type RawRequest,
  type Received,
  SIGNATURE_SCHEMES,
  verifySignature,
} from '../../sdk/index.ts'

/** What is worth keeping; the signature has done its work and is not stored. */
const KEPT_HEADERS = [
  'content-type',
  'x-shopify-topic',
  'x-shopify-sub-topic',
  'x-shopify-shop-domain',
  'x-shopify-api-version',
  'x-shopify-event-id',
  'x-shopify-webhook-id',
  'x-shopify-triggered-at',
  'x-shopify-name',
  'x-shopify-test',
]

/** Verifies the raw bytes, then reads headers only: the body stays unparsed on the hot path. */
export function receive(request: RawRequest, connection: ConnectionView): Received {
  const { headers, body, receivedAt } = request
  const secrets = connection.secrets['webhookSecret'] ?? []
  const verified = verifySignature(SIGNATURE_SCHEMES.shopify, request, secrets, { now: receivedAt })
  if (!verified.ok) return { ok: false, status: 401, code: verified.code, detail: verified.detail }

  const topic = headers['x-shopify-topic']
  if (!topic) return refused(400, 'The header X-Shopify-Topic is missing.')
  // The signature proves the app, not the shop: without this check, another shop of the same app could be replayed into here.
  const shop = headers['x-shopify-shop-domain']
  if (shop && shop.toLowerCase() !== String(connection.settings['shop']).toLowerCase()) {
    return refused(401, 'The webhook comes from another shop than this connection’s.')
  }
  const message = { topic, dedupeKey: dedupeKey(topic, headers, body), headers: keep(headers), body }
  const eventAt = parseInstant(headers['x-shopify-triggered-at'] ?? '')?.ms
  return { ok: true, messages: [eventAt === undefined ? message : { ...message, eventAt }] }
}

/**
 * One merchant action sends several webhooks with the same event id, so the topic belongs to the key. Older API versions
 * send no event id: then the webhook id, which stays the same over Shopify's retries. Neither: equal bytes of one topic
 * are the same news, because a changed order carries a changed `updated_at`.
 */
function dedupeKey(topic: string, headers: RawRequest['headers'], body: Buffer): string {
  const id = headers['x-shopify-event-id'] || headers['x-shopify-webhook-id']
  return `${topic}|${id || createHash('sha256').update(body).digest('hex')}`
}

function keep(headers: RawRequest['headers']): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const name of KEPT_HEADERS) {
    const value = headers[name]
    if (value !== undefined) kept[name] = value
  }
  return kept
}

const refused = (status: number, detail: string): Received => ({
  ok: false,
  status,
  code: 'REQUEST_INVALID',
  detail,
})
