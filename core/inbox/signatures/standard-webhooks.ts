import { createHmac, createPublicKey, verify } from 'node:crypto'
import type { RawRequest } from '../../contracts/connector.ts'
import { liveSecrets, sameText } from './compare.ts'
import { doubled, invalid, mismatch, missing, noSecret, OK } from './refuse.ts'
import type { StandardWebhooksScheme, Verdict } from './scheme.ts'
import { isUnixSeconds, staleness } from './signed-time.ts'

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

/** One token of the header: version, then base64. Partners that leave the padding out are understood. */
const TOKEN = /^(v1|v1a),([A-Za-z0-9+/]+)={0,2}$/

/** DER head of an Ed25519 public key (RFC 8410 §4); the 32 bytes of the key follow. */
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex')

/** A header has one signature per live secret of the partner; more are made to keep us busy. */
const MAX_TOKENS = 16

type Token = { version: string; signature: string }
type Check = (tokens: readonly Token[], signed: Buffer) => boolean

/** Verifies by the specification (https://github.com/standard-webhooks/standard-webhooks, “Verifying signatures”). */
export function verifyStandardWebhooks(
  scheme: StandardWebhooksScheme,
  request: RawRequest,
  secrets: readonly string[],
  now: number,
): Verdict {
  const checks = liveSecrets(secrets).flatMap(secret => checkWith(secret, scheme.key) ?? [])
  if (checks.length === 0) return noSecret()
  const { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': header } = request.headers
  if (!id) return missing('webhook-id')
  if (!seconds) return missing('webhook-timestamp')
  if (!header) return missing('webhook-signature')
  if (header.includes(', ')) return doubled('webhook-signature')
  if (!isUnixSeconds(seconds)) return invalid('`webhook-timestamp` is not a time in Unix seconds.')

  // Header text is Latin-1 in node: written back so, it is the bytes that were sent.
  const signed = Buffer.concat([Buffer.from(`${id}.${seconds}.`, 'latin1'), request.body])
  const tokens = header.split(' ', MAX_TOKENS).flatMap(token => parseToken(token) ?? [])
  if (!checks.some(check => check(tokens, signed))) return mismatch()
  return staleness(seconds, scheme.toleranceSeconds, now) ?? OK
}

function parseToken(text: string): Token | null {
  const [, version, signature] = TOKEN.exec(text) ?? []
  return version && signature ? { version, signature } : null
}

function checkWith(secret: string, form: StandardWebhooksScheme['key']): Check | null {
  if (form === 'utf8') return hmacCheck(Buffer.from(secret))
  if (secret.startsWith('whpk_')) return ed25519Check(secret.slice('whpk_'.length))
  const text = secret.startsWith('whsec_') ? secret.slice('whsec_'.length) : secret
  return BASE64.test(text) ? hmacCheck(Buffer.from(text, 'base64')) : null
}

function hmacCheck(key: Buffer): Check {
  return (tokens, signed) => {
    const expected = createHmac('sha256', key).update(signed).digest('base64').replace('=', '')
    return tokens.some(({ version, signature }) => version === 'v1' && sameText(signature, expected))
  }
}

function ed25519Check(text: string): Check | null {
  const raw = Buffer.from(text, 'base64')
  if (!BASE64.test(text) || raw.length !== 32) return null
  const key = createPublicKey({ key: Buffer.concat([ED25519_SPKI, raw]), format: 'der', type: 'spki' })
  return (tokens, signed) =>
    tokens.some(
      ({ version, signature }) =>
        version === 'v1a' && verify(null, signed, key, Buffer.from(signature, 'base64')),
    )
}
