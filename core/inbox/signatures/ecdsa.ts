import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { RawRequest } from '../../contracts/connector.ts'
import { HubError } from '../../errors/hub-error.ts'
import { invalid, mismatch, missing, OK } from './refuse.ts'
import type { EcdsaScheme, FetchKey, PublishedKey, Verdict } from './scheme.ts'

/** A key id becomes part of an address: nothing that could lead elsewhere. */
const KEY_ID = /^[A-Za-z0-9_-]{1,100}$/
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/
const DIGESTS = new Map([
  ['SHA1', 'sha1'],
  ['SHA256', 'sha256'],
  ['SHA384', 'sha384'],
  ['SHA512', 'sha512'],
])

/** https://github.com/eBay/event-notification-nodejs-sdk: base64 of `{ alg, kid, signature, digest }` in one header. */
export async function verifyEcdsa(
  scheme: EcdsaScheme,
  request: RawRequest,
  fetchKey?: FetchKey,
): Promise<Verdict> {
  const header = request.headers[scheme.header]
  if (!header) return missing(scheme.header)
  const claim = readClaim(header)
  if (!claim) return invalid(`\`${scheme.header}\` is not a signature in the expected form.`)
  if (!fetchKey)
    throw new HubError('UNEXPECTED', { detail: 'The ecdsa scheme was used without a key fetcher.' })
  const published = await fetchKey(claim.keyId)
  const key = published && toKey(published)
  // The digest is the published key's, never the sender's choice.
  const digest = published && DIGESTS.get(published.digest.replace('-', '').toUpperCase())
  if (!key || !digest) return invalid('The partner publishes no such key.')
  return verify(digest, request.body, key, claim.signature) ? OK : mismatch()
}

function readClaim(header: string): { keyId: string; signature: Buffer } | null {
  if (!BASE64.test(header)) return null
  const claim = parseObject(Buffer.from(header, 'base64').toString('utf8'))
  const { alg, kid, signature } = claim
  if (typeof alg !== 'string' || !/^ecdsa$/i.test(alg)) return null
  if (typeof kid !== 'string' || !KEY_ID.test(kid)) return null
  if (typeof signature !== 'string' || !BASE64.test(signature)) return null
  return { keyId: kid, signature: Buffer.from(signature, 'base64') }
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** eBay's answer has no line breaks, which PEM readers refuse: the base64 between the marks is DER. */
function toKey({ key }: PublishedKey): KeyObject | null {
  const base64 = key.replace(/-----[A-Z ]+-----/g, '').replace(/\s+/g, '')
  try {
    const parsed = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' })
    return parsed.asymmetricKeyType === 'ec' ? parsed : null
  } catch {
    return null
  }
}
