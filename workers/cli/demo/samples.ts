import { createHmac, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Partners } from './partners.ts'
import { SECRET, SHOP_DOMAIN } from './partners.ts'

export interface Sample {
  file: string
  topic: string
  /** As it was written: large numbers must not pass through JavaScript. */
  body: Buffer
}

/** Payloads written for the project's own mapping cases. */
const CASES = 'mappings/storefronts/shopify/cases'

/** Kind of file → topic that such a payload comes with. The first that fits decides; null: no webhook carries it. */
const KINDS: readonly (readonly [RegExp, string | null])[] = [
  [/\.headers\.json$/, null],
  [/^(fulfillment|order)-(event|order|lineitem|shippingline)/, null],
  [/^(webhook-)?orders?-/, 'orders/updated'],
  [/^(webhook-)?fulfillments?-/, 'fulfillments/create'],
  [/^(webhook-)?refunds?-/, 'refunds/create'],
  [/^inventory-level/, 'inventory_levels/update'],
  [/^product(-\d+)?\.json$/, 'products/update'],
]

/** Real payloads where their folder is there, and those of the mapping cases. */
export async function readSamples(fixtures: string): Promise<Sample[]> {
  const folders = await Promise.all([join(fixtures, 'shopify'), CASES].map(samplesIn))
  return folders.flat()
}

async function samplesIn(folder: string): Promise<Sample[]> {
  const files = await readdir(folder).catch(() => [])
  const known = files.filter(file => file.endsWith('.json')).map(file => ({ file, topic: topicOf(file) }))
  return Promise.all(
    known
      .filter((one): one is { file: string; topic: string } => one.topic !== null)
      .map(async one => ({ ...one, body: await readFile(join(folder, one.file)) })),
  )
}

export const topicOf = (file: string): string | null =>
  KINDS.find(([pattern]) => pattern.test(file))?.[1] ?? null

/** Leaves the shop like any other webhook, signed over its own bytes. */
export function sendSample({ shop, webhooks }: Partners, { topic, body }: Sample): void {
  const headers = {
    'Content-Type': 'application/json',
    'X-Shopify-Topic': topic,
    'X-Shopify-Shop-Domain': SHOP_DOMAIN,
    'X-Shopify-Event-Id': randomUUID(),
    'X-Shopify-Webhook-Id': randomUUID(),
    'X-Shopify-Triggered-At': new Date().toISOString(),
    'X-Shopify-Hmac-Sha256': createHmac('sha256', SECRET).update(body).digest('base64'),
  }
  shop.outbox.push({ topic, headers, body }, webhooks())
}
