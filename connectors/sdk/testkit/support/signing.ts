import assert from 'node:assert/strict'
import type { RawRequest } from '#core/contracts/connector.ts'
import type { Bench } from '../bench/bench.ts'
import type { Kit } from '../kit.ts'
import { received, webhooksOf } from './delivered.ts'

const STANDARD_WEBHOOKS_SECONDS = 300

/** A secret of the same shape with one other character in its middle. */
export function otherSecret(secret: string): string {
  const middle = Math.floor(secret.length / 2)
  const other = secret[middle] === 'A' ? 'B' : 'A'
  return `${secret.slice(0, middle)}${other}${secret.slice(middle + 1)}`
}

/** How far the signed time may be off, in seconds; null where no time is signed. */
export function toleranceOf(kit: Kit): number | null {
  const { toleranceSeconds, samples, sign } = webhooksOf(kit)
  if (toleranceSeconds !== undefined) return toleranceSeconds
  const [sample] = samples
  if (!sample) return null
  const { headers } = sign({
    topic: sample.topic,
    body: Buffer.from('{}'),
    secret: 'c2VjcmV0',
    at: 0,
    deliveryId: 'delivery-1',
    url: 'https://hub.example/in/kit',
    connection: kit.conformance.connection('https://partner.invalid'),
  })
  return Object.keys(headers).some(name => name.toLowerCase() === 'webhook-timestamp')
    ? STANDARD_WEBHOOKS_SECONDS
    : null
}

/** Headers without which the signature is missing; empty where the proof stands in the address. */
export async function signatureHeaders(kit: Kit, bench: Bench, request: RawRequest): Promise<string[]> {
  const names: string[] = []
  for (const name of Object.keys(request.headers)) {
    const { [name]: _, ...headers } = request.headers
    const answer = await received(kit, bench, { ...request, headers })
    if (!answer.ok && answer.code.startsWith('SIGNATURE_')) names.push(name)
  }
  assert.ok(
    names.length > 0 || request.target.includes('?'),
    'receive.ts accepts the request whichever header is taken away: nothing proves the sender.',
  )
  return names.filter(name => !['webhook-id', 'webhook-timestamp'].includes(name))
}
