import { createHmac } from 'node:crypto'
import type { Random } from './draw.ts'

export interface WebhookOf {
  topic: string
  shop: string
  secret: string
  apiVersion: string
  /** The same for every webhook of one action. */
  eventId: string
  webhookId: string
  /** Epoch milliseconds of the action. */
  triggeredAt: number
  payload: unknown
}

export interface SignedWebhook {
  topic: string
  headers: Record<string, string>
  body: Buffer
}

/** Headers and bytes exactly as they leave Shopify: https://shopify.dev/docs/apps/build/webhooks/delivery-structure */
export function signedWebhook(of: WebhookOf): SignedWebhook {
  const body = Buffer.from(JSON.stringify(of.payload))
  return {
    topic: of.topic,
    body,
    headers: {
      'Content-Type': 'application/json',
      'User-Agent': 'Shopify-Captain-Hook',
      'X-Shopify-Topic': of.topic,
      'X-Shopify-Shop-Domain': of.shop,
      'X-Shopify-API-Version': of.apiVersion,
      'X-Shopify-Event-Id': of.eventId,
      'X-Shopify-Webhook-Id': of.webhookId,
      'X-Shopify-Triggered-At': nanoseconds(of.triggeredAt),
      'X-Shopify-Hmac-Sha256': createHmac('sha256', of.secret).update(body).digest('base64'),
    },
  }
}

/** Shopify writes nine digits of the second. */
const nanoseconds = (ms: number): string => {
  const whole = Math.floor(ms)
  const rest = String(Math.round((ms - whole) * 1e6)).padStart(6, '0')
  return `${new Date(whole).toISOString().slice(0, 23)}${rest}Z`
}

/** A UUID (version 4 in form) of the injected draw, so that a run can be repeated. */
export function drawnUuid(random: Random): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}
