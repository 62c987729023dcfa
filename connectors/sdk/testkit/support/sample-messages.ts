import type { RawMessage } from '#core/contracts/connector.ts'
import { BEGIN, type Bench } from '../bench/bench.ts'
import type { WebhookSample } from '../conformance.ts'
import type { Kit } from '../kit.ts'
import { bytesOf, delivered, hasSamples, messagesOf, samplesOf, webhooksOf } from './delivered.ts'

/** Every sample as the message that it becomes. */
export async function sampleMessages(
  kit: Kit,
  bench: Bench,
): Promise<{ sample: WebhookSample; message: RawMessage }[]> {
  const all: { sample: WebhookSample; message: RawMessage }[] = []
  for (const [index, sample] of samplesOf(kit).entries()) {
    if (!kit.connector.receive) {
      all.push({ sample, message: queued(sample, index) })
      continue
    }
    const request = delivered(kit, bench, { sample, deliveryId: `delivery-${index + 1}` })
    for (const message of await messagesOf(kit, bench, request)) all.push({ sample, message })
  }
  return all
}

/** From a queue, which has no request that could be signed. */
const queued = (sample: WebhookSample, index: number): RawMessage => ({
  topic: sample.topic,
  dedupeKey: `${sample.topic}|sample-${index}`,
  eventAt: BEGIN,
  headers: { 'content-type': 'application/json' },
  body: bytesOf(sample),
})

/** One whole sample per topic whose bytes are JSON: enough where a hundred variants of each are tried. */
export async function jsonMessages(
  kit: Kit,
  bench: Bench,
): Promise<{ message: RawMessage; value: object }[]> {
  const topics = new Map<string, { message: RawMessage; value: object }>()
  for (const { sample, message } of await sampleMessages(kit, bench)) {
    const value = jsonOf(message.body)
    if (!sample.thin && value && !topics.has(message.topic)) topics.set(message.topic, { message, value })
  }
  return [...topics.values()]
}

/** True where a sample is JSON; else why not. */
export function hasJson(kit: Kit): true | string {
  const has = hasSamples(kit)
  if (has !== true) return has
  const any = webhooksOf(kit).samples.some(
    ({ body, thin }) => !thin && (!Buffer.isBuffer(body) || jsonOf(body)),
  )
  return any ? true : 'No whole sample is JSON.'
}

function jsonOf(bytes: Buffer): object | null {
  try {
    const value: unknown = JSON.parse(bytes.toString())
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}

export const withBody = (message: RawMessage, body: unknown): RawMessage => ({
  ...message,
  body: Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)),
})
