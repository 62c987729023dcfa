import assert from 'node:assert/strict'
import type { ConnectionView, RawMessage, RawRequest, Received } from '#core/contracts/connector.ts'
import type { Bench } from '../bench/bench.ts'
import type { WebhookKit, WebhookSample } from '../conformance.ts'
import type { Kit } from '../kit.ts'

/** Host that no partner's simulator has: only the address as a whole matters. */
const CALLBACK = 'https://hub.example/in/kit'

export interface DeliveryOf {
  sample?: WebhookSample
  body?: Buffer
  secret?: string
  at?: number
  deliveryId?: string
  url?: string
}

export function webhooksOf({ conformance }: Kit): WebhookKit {
  assert.ok(conformance.webhooks, 'conformance.ts: `webhooks` is missing, and the manifest has topics.')
  return conformance.webhooks
}

/** The reason why checks of webhooks do not apply, or true. */
export function hasWebhooks({ connector, conformance }: Kit): true | string {
  if (!connector.receive) return 'The partner sends no webhooks.'
  return conformance.webhooks ? true : 'conformance.ts has no `webhooks`.'
}

/** As `hasWebhooks`, where it does not matter how the messages come: a queue brings them too. */
export const hasSamples = ({ conformance, manifest }: Kit): true | string => {
  if (conformance.webhooks) return true
  return Object.keys(manifest.topics).length === 0
    ? 'No topics come from this partner.'
    : 'conformance.ts has no `webhooks`.'
}

/** The samples, where a check needs some. */
export function samplesOf(kit: Kit): readonly WebhookSample[] {
  const { samples } = webhooksOf(kit)
  assert.ok(samples.length > 0, 'conformance.ts: `webhooks.samples` is empty.')
  return samples
}

/** The first whole sample: any message serves where only the envelope matters. */
export function firstSample(kit: Kit): WebhookSample {
  const samples = samplesOf(kit)
  return samples.find(({ thin }) => !thin) ?? samples[0]!
}

export const bytesOf = ({ body }: WebhookSample): Buffer =>
  Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))

/** Name of the secret that signs; null where the partner signs with a key that it publishes. */
export const secretName = (kit: Kit): string | null => {
  const { secretName: name } = webhooksOf(kit)
  return name === undefined ? 'webhookSecret' : name
}

export function signingSecret(kit: Kit, { connection }: Bench): string {
  const name = secretName(kit)
  return name === null ? '' : (connection.secrets[name]?.[0] ?? '')
}

/** A request as the partner sends it, signed, arriving now. */
export function delivered(kit: Kit, bench: Bench, of: DeliveryOf = {}): RawRequest {
  const sample = of.sample ?? firstSample(kit)
  const signed = webhooksOf(kit).sign({
    topic: sample.topic,
    body: of.body ?? bytesOf(sample),
    secret: of.secret ?? signingSecret(kit, bench),
    at: of.at ?? bench.clock.now(),
    deliveryId: of.deliveryId ?? 'delivery-1',
    url: of.url ?? CALLBACK,
    connection: bench.connection,
  })
  const headers = Object.fromEntries(
    Object.entries(signed.headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
  return { ...signed, headers, receivedAt: bench.clock.now() }
}

/** What `receive` says; for a connection with other secrets where told. */
export async function received(
  kit: Kit,
  bench: Bench,
  request: RawRequest,
  secrets: ConnectionView['secrets'] = {},
): Promise<Received> {
  const connection = { ...bench.connection, secrets: { ...bench.connection.secrets, ...secrets } }
  return kit.connector.receive!(request, connection, { ...bench.context, connection })
}

/** The messages of a request that has to be taken. */
export async function messagesOf(kit: Kit, bench: Bench, request: RawRequest): Promise<RawMessage[]> {
  const answer = await received(kit, bench, request)
  assert.ok(
    answer.ok,
    answer.ok ? '' : `receive.ts refuses a rightly signed delivery: ${answer.code}, ${answer.detail}`,
  )
  return answer.messages
}

export function assertRefused(answer: Received, what: string): void {
  assert.ok(!answer.ok, `receive.ts accepts ${what}.`)
  assert.ok(
    answer.status >= 400 && answer.status < 500,
    `receive.ts answers ${what} with ${answer.status}; a refusal is 4xx, and 401 for a signature.`,
  )
}
