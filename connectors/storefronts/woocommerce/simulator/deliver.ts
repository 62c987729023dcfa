import { createHash, createHmac } from 'node:crypto'
import type { SimWebhook } from './records.ts'
import type { Shop } from './shop.ts'

/** More failures in a row than this, and the webhook is disabled, without a word. */
const MOST_FAILURES = 5

export interface Event {
  topic: string
  id: number
}

/** Headers as WooCommerce sends them: https://developer.woocommerce.com/docs/apis/rest-api/v3/webhooks/ */
export function webhookHeaders(of: {
  topic: string
  shopUrl: string
  webhookId: number
  deliveryId: string
  secret: string
  body: Buffer
}): Record<string, string> {
  const [resource = '', event = ''] = of.topic.split('.')
  return {
    'Content-Type': 'application/json',
    'User-Agent': 'WooCommerce/10.2.0 Hookshot (WordPress/6.8)',
    'X-WC-Webhook-Source': `${of.shopUrl}/`,
    'X-WC-Webhook-Topic': of.topic,
    'X-WC-Webhook-Resource': resource,
    'X-WC-Webhook-Event': event,
    'X-WC-Webhook-Signature': createHmac('sha256', of.secret).update(of.body).digest('base64'),
    'X-WC-Webhook-ID': String(of.webhookId),
    'X-WC-Webhook-Delivery-ID': of.deliveryId,
  }
}

/** Sends one event to every active webhook of its topic, once: what fails is lost. */
export async function deliver(shop: Shop, { topic, id }: Event, shopUrl: string): Promise<void> {
  for (const webhook of shop.webhooks.values()) {
    if (webhook.status !== 'active' || webhook.topic !== topic) continue
    // The record as it is when it is sent, not as it was when it changed.
    const record = topic.startsWith('order') ? shop.orders.get(id) : shop.products.get(id)
    const body = Buffer.from(JSON.stringify(topic.endsWith('.deleted') ? { id } : record))
    const deliveryId = createHash('md5').update(`${webhook.id}${shop.nextId()}`).digest('hex')
    const { id: webhookId, secret } = webhook
    const headers = webhookHeaders({ topic, shopUrl, webhookId, deliveryId, secret, body })
    judge(webhook, await statusOf(webhook.delivery_url, { headers, body }))
  }
}

/** The unsigned ping of a webhook that was just made active. */
export const ping = ({ id, delivery_url: url }: SimWebhook): Promise<number> =>
  statusOf(url, {
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(`webhook_id=${id}`),
  })

async function statusOf(url: string, { headers, body }: { headers: Record<string, string>; body: Buffer }) {
  try {
    const { status } = await fetch(url, { method: 'POST', headers, body, redirect: 'manual' })
    return status
  } catch {
    // Nobody there: WordPress counts it as a failure like any other.
    return 0
  }
}

function judge(webhook: SimWebhook, status: number): void {
  if ((status >= 200 && status < 300) || status === 301 || status === 302) {
    webhook.failure_count = 0
    return
  }
  webhook.failure_count++
  if (webhook.failure_count > MOST_FAILURES) webhook.status = 'disabled'
}
