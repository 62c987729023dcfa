import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { challengeResponse } from '#core/inbox/signatures/challenge.ts'
import type { PublishedKey, SignatureScheme } from '#core/inbox/signatures/scheme.ts'
import { SIGNATURE_SCHEMES } from '#core/inbox/signatures/schemes.ts'
import { verifySignature } from '#core/inbox/signatures/verify.ts'
import { fixturesDir } from '#test/support/fixtures.ts'
import { NOW, requestWith } from './signing.ts'

interface Vector {
  id: string
  scheme: string
  secret?: string | null
  old_secret?: string
  headers?: Record<string, string>
  body?: string | null
  url?: string
  params?: Record<string, string>
  valid: boolean | null
  freeze_clock_at?: number
  public_key?: string
  public_key_response?: PublishedKey
  challenge_code?: string
  verification_token?: string
  endpoint?: string
  expected?: { challengeResponse: string }
}

/** Vectors on which we decide differently, on purpose. */
const OURS: Record<string, { valid: boolean; because: string }> = {
  'woocommerce core-empty-secret': { valid: false, because: 'an empty secret signs for everybody' },
  'shopify app-js-missing-topic': {
    valid: true,
    because: 'the topic is not signed; the connector refuses its absence',
  },
}

const BY_FILE: Record<string, SignatureScheme> = {
  easypost: SIGNATURE_SCHEMES.easypost,
  ebay: SIGNATURE_SCHEMES.ebay,
  shopify: SIGNATURE_SCHEMES.shopify,
  square: SIGNATURE_SCHEMES.square,
  'standard-webhooks': SIGNATURE_SCHEMES.shipbob,
  woocommerce: SIGNATURE_SCHEMES.woocommerce,
}

const schemeOf = (file: string, { id }: Vector): SignatureScheme =>
  id.startsWith('oauth')
    ? SIGNATURE_SCHEMES.shopifyOauth
    : id === 'app-proxy'
      ? SIGNATURE_SCHEMES.shopifyAppProxy
      : BY_FILE[file]!

/** A public key of Standard Webhooks (`whpk_…`) stands where the secret does. */
const secretsOf = ({ secret, old_secret: old, public_key: key }: Vector): string[] =>
  [secret, old, key].filter(value => typeof value === 'string')

function requestOf(vector: Vector) {
  const query = vector.params ? `?${new URLSearchParams(vector.params)}` : ''
  const { pathname, search } = new URL(vector.url || `https://hub.example/webhooks/acme${query}`)
  return requestWith({
    url: vector.url ?? 'https://hub.example/webhooks/acme',
    target: pathname + search,
    headers: Object.fromEntries(
      Object.entries(vector.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    body: Buffer.from(vector.body ?? ''),
  })
}

const folder = fixturesDir()
const vectors: [string, Vector][] = !folder
  ? []
  : readdirSync(join(folder, 'signatures')).flatMap(name =>
      (JSON.parse(readFileSync(join(folder, 'signatures', name), 'utf8')) as Vector[]).map(
        (vector): [string, Vector] => [name.replace('.json', ''), vector],
      ),
    )

describe('published signature vectors', () => {
  if (vectors.length === 0) {
    it.skip('skipped: the folder of real payloads is not here (set HUB_FIXTURES)', () => undefined)
    return
  }

  const decided = vectors.filter(([, { valid, expected }]) => valid !== null && !expected)
  it.each(decided.map(([file, vector]) => [`${file} ${vector.id}`, file, vector] as const))(
    '%s',
    async (name, file, vector) => {
      const now = vector.freeze_clock_at ? vector.freeze_clock_at * 1_000 : NOW
      const fetchKey = async () => vector.public_key_response ?? null
      const verdict = await verifySignature(schemeOf(file, vector), requestOf(vector), secretsOf(vector), {
        now,
        fetchKey,
      })
      expect(verdict.ok).toBe(OURS[name]?.valid ?? vector.valid)
    },
  )

  const headersOnly = vectors.filter(([, { valid }]) => valid === null)
  it.each(headersOnly.map(([file, vector]) => [`${file} ${vector.id}`, vector] as const))(
    '%s (headers only) is refused without throwing',
    (_name, vector) => {
      const verdict = verifySignature(SIGNATURE_SCHEMES.shipbob, requestOf(vector), ['whsec_AAAA'], {
        now: 1_755_884_852_000,
      })
      expect(verdict).toMatchObject({ ok: false })
    },
  )

  it('answers the eBay challenge as the vendor computes it', () => {
    const challenges = vectors.filter(([, { expected }]) => expected)
    expect(challenges.length).toBeGreaterThan(0)
    for (const [, { challenge_code: code, verification_token: token, endpoint, expected }] of challenges) {
      expect(challengeResponse(code!, token!, endpoint!)).toBe(expected!.challengeResponse)
    }
  })
})
