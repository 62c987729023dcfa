import { createHash, createHmac, generateKeyPairSync, type KeyObject, sign as signWithKey } from 'node:crypto'
import type { RawRequest } from '#core/contracts/connector.ts'
import type { SignatureScheme, VerifyContext } from '#core/inbox/signatures/scheme.ts'
import { SIGNATURE_SCHEMES } from '#core/inbox/signatures/schemes.ts'

export const NOW = Date.UTC(2026, 0, 15, 12)
const SECONDS = String(NOW / 1_000)
const BODY = Buffer.from('{"id": 450789469, "total": "614.40",\n "name": "Grüße"}')

/** One scheme with everything a partner needs to sign by it, written after the vendor's page and not after our verifier. */
export interface SchemeCase {
  name: keyof typeof SIGNATURE_SCHEMES
  scheme: SignatureScheme
  secret: string
  otherSecret: string
  /** Header that carries the proof. */
  header: string
  sign(request: RawRequest, secret: string): Record<string, string>
  /** Present where the time is signed: headers of the same request, made at that second. */
  signAt?(request: RawRequest, secret: string, seconds: string): Record<string, string>
  /** False where the proof says nothing about the body. */
  bodySigned: boolean
  /** False where the key is the partner's and not the connection's. */
  keyedBySecret: boolean
  context: VerifyContext
}

export const requestWith = (change: Partial<RawRequest> = {}): RawRequest => ({
  method: 'POST',
  target: '/webhooks/acme?a=1',
  url: 'https://hub.example/webhooks/acme?a=1',
  headers: {},
  body: BODY,
  receivedAt: NOW,
  ...change,
})

const hmac = (key: string | Buffer, encoding: 'base64' | 'hex', ...parts: (string | Buffer)[]): string =>
  parts
    .reduce<ReturnType<typeof createHmac>>((sum, part) => sum.update(part), createHmac('sha256', key))
    .digest(encoding)

const plain = {
  bodySigned: true,
  keyedBySecret: true,
  context: { now: NOW },
  secret: 'hush',
  otherSecret: 'older',
}

const byHmac = (
  name: SchemeCase['name'],
  header: string,
  signature: (request: RawRequest, secret: string) => string,
): SchemeCase => ({
  ...plain,
  name,
  scheme: SIGNATURE_SCHEMES[name],
  header,
  sign: (request, secret) => ({ [header]: signature(request, secret) }),
})

const rawBase64 = (request: RawRequest, secret: string) => hmac(secret, 'base64', request.body)

function standardWebhooks(
  name: SchemeCase['name'],
  toKey: (secret: string) => Buffer,
  secrets: [string, string],
): SchemeCase {
  const signAt = (request: RawRequest, secret: string, seconds: string) => ({
    'webhook-id': 'msg_1',
    'webhook-timestamp': seconds,
    'webhook-signature': `v1,${hmac(toKey(secret), 'base64', `msg_1.${seconds}.`, request.body)}`,
  })
  return {
    ...plain,
    name,
    scheme: SIGNATURE_SCHEMES[name],
    header: 'webhook-signature',
    secret: secrets[0],
    otherSecret: secrets[1],
    signAt,
    sign: (request, secret) => signAt(request, secret, SECONDS),
  }
}

const walmartAt = ({ method, target, body }: RawRequest, secret: string, seconds: string) => ({
  'wm_sec.timestamp': seconds,
  'wm_sec.signature': hmac(
    secret,
    'base64',
    `${method}\n${target}\n${seconds}\n${createHash('sha256').update(body).digest('hex')}`,
  ),
})

const ecKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pemOf = (key: KeyObject) => key.export({ format: 'pem', type: 'spki' }).toString()

const ebaySignature = (request: RawRequest): string => {
  const signature = signWithKey('sha1', request.body, ecKeys.privateKey).toString('base64')
  return Buffer.from(JSON.stringify({ alg: 'ecdsa', kid: 'key-1', signature, digest: 'SHA1' })).toString(
    'base64',
  )
}

const shared = (
  name: SchemeCase['name'],
  header: string,
  value: (secret: string) => string,
  secret = 'hush',
): SchemeCase => ({
  ...byHmac(name, header, (_request, given) => value(given)),
  secret,
  bodySigned: false,
})

const KEY = 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const OLD_KEY = 'C2FVsBQIhrscChlQIMV+b5sSYspob7oD'
const decode = (secret: string) => Buffer.from(secret.replace('whsec_', ''), 'base64')

/** Every scheme of the table that is proven by a header. */
export const SCHEME_CASES: readonly SchemeCase[] = [
  byHmac('shopify', 'x-shopify-hmac-sha256', rawBase64),
  byHmac('shopifyEvents', 'shopify-hmac-sha256', rawBase64),
  byHmac('woocommerce', 'x-wc-webhook-signature', rawBase64),
  byHmac('shiphero', 'x-shiphero-hmac-sha256', rawBase64),
  byHmac('frappe', 'x-frappe-webhook-signature', rawBase64),
  {
    ...byHmac(
      'easypost',
      'x-hmac-signature',
      ({ body }, secret) => `hmac-sha256-hex=${hmac(secret.normalize('NFKD'), 'hex', body)}`,
    ),
    secret: 'sécret',
  },
  byHmac('fedex', 'fdx-signature', ({ body }, secret) => hmac(secret, 'hex', body)),
  byHmac('fedex', 'fdx-signature', rawBase64),
  byHmac('square', 'x-square-hmacsha256-signature', ({ url, body }, secret) =>
    hmac(secret, 'base64', url, body),
  ),
  {
    ...byHmac('walmart', 'wm_sec.signature', () => ''),
    signAt: walmartAt,
    sign: (request, secret) => walmartAt(request, secret, SECONDS),
  },
  standardWebhooks('shipbob', decode, [`whsec_${KEY}`, `whsec_${OLD_KEY}`]),
  standardWebhooks('etsy', decode, [KEY, `whsec_${OLD_KEY}`]),
  standardWebhooks('bigcommerce', secret => Buffer.from(Buffer.from(secret).toString('base64'), 'base64'), [
    'client secret!',
    'old one',
  ]),
  {
    ...byHmac('ebay', 'x-ebay-signature', ebaySignature),
    keyedBySecret: false,
    context: {
      now: NOW,
      fetchKey: async kid => (kid === 'key-1' ? { key: pemOf(ecKeys.publicKey), digest: 'SHA1' } : null),
    },
  },
  shared('clover', 'x-clover-auth', secret => secret),
  shared('ups', 'authorization', secret => `Bearer ${secret}`),
  shared(
    'walmartEvents',
    'authorization',
    secret => `Basic ${Buffer.from(secret).toString('base64')}`,
    'hub:pass:wörd',
  ),
]
