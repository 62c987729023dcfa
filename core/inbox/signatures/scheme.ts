/**
 * How a partner proves that a webhook is its own, as data. One verifier per `kind`; a new partner is a new row
 * (`schemes.ts` has those of CHANNELS §16), seldom a new verifier.
 */
export type SignatureScheme =
  | HmacScheme
  | StandardWebhooksScheme
  | QueryHmacScheme
  | EcdsaScheme
  | SharedSecretScheme
  | TransportScheme

/** HMAC-SHA256 over parts of the request, in one header. */
export interface HmacScheme {
  readonly kind: 'hmac'
  /** Lower-case name of the header that carries the signature. */
  readonly header: string
  readonly encoding: 'base64' | 'hex' | 'either'
  /** Text that stands before the signature in the header. */
  readonly prefix?: string
  /** What is signed, in this order; the body alone unless told. */
  readonly signed?: readonly SignedPart[]
  /** Stands between the signed parts. */
  readonly separator?: string
  /** `nfkd`: the partner normalises the secret (Unicode NFKD) before it keys the HMAC. */
  readonly key?: 'utf8' | 'nfkd'
  readonly timestamp?: SignedTime
}

export type SignedPart = 'body' | 'body-sha256-hex' | 'url' | 'method' | 'target' | 'timestamp'

/** Unix seconds in a header that is part of what is signed. */
export interface SignedTime {
  readonly header: string
  readonly toleranceSeconds: number
}

/** https://www.standardwebhooks.com: `id.timestamp.body`, `v1` = HMAC-SHA256, `v1a` = Ed25519. */
export interface StandardWebhooksScheme {
  readonly kind: 'standard-webhooks'
  /** `base64`: the secret is base64, after an optional `whsec_`. `utf8`: its characters are the key (BigCommerce). */
  readonly key: 'base64' | 'utf8'
  readonly toleranceSeconds: number
}

/** HMAC-SHA256 hex over the sorted query parameters (Shopify's OAuth callback and app proxy). */
export interface QueryHmacScheme {
  readonly kind: 'query-hmac'
  /** Parameter that carries the signature. */
  readonly parameter: string
  /** Parameters that are not signed, besides that one. */
  readonly unsigned: readonly string[]
  /** Stands between two `name=value`. */
  readonly separator: string
}

/** ECDSA with a public key that the partner publishes under a key id (eBay). Needs `fetchKey`. */
export interface EcdsaScheme {
  readonly kind: 'ecdsa'
  readonly header: string
}

/** A secret sent as it is: no proof of the body, only of the sender. */
export interface SharedSecretScheme {
  readonly kind: 'shared-secret'
  readonly in:
    | { readonly header: string; readonly form: 'plain' | 'bearer' | 'basic' }
    | { readonly query: string }
}

/** The transport proves the sender (a queue that only the partner may write to). Never for an open HTTP address. */
export interface TransportScheme {
  readonly kind: 'none'
  readonly because: string
}

export type Verdict = { ok: true } | Refusal

export interface Refusal {
  ok: false
  code: 'SIGNATURE_INVALID' | 'SIGNATURE_MISSING' | 'SIGNATURE_STALE'
  /** One sentence without the secret and without what was sent. */
  detail: string
}

export interface VerifyContext {
  /** Epoch milliseconds of the injected clock. */
  now: number
  /** For `ecdsa`. Null: the partner knows no such key. A rejection is passed on: no key is no verdict. */
  fetchKey?: FetchKey
}

export type FetchKey = (keyId: string) => Promise<PublishedKey | null>

export interface PublishedKey {
  /** PEM, with or without line breaks. */
  key: string
  /** Digest that the key is used with, as the partner spells it: `SHA1`, `SHA256`. */
  digest: string
}
