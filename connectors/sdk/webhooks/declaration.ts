import type { ConnectionView, ConnectorContext, RawRequest } from '#core/contracts/connector.ts'
import type { FetchKey, SignatureScheme } from '#core/inbox/signatures/scheme.ts'

/** Where something stands in a webhook. A `pointer` (RFC 6901) leads into the body and is read only after the signature holds. */
export type Part = { readonly header: string } | { readonly pointer: string } | { readonly query: string }

/** A webhook whose signature holds. */
export interface WebhookView {
  readonly request: RawRequest
  readonly connection: ConnectionView
  /** The body as JSON or as a form, by its content type; undefined where it cannot be read. Parsed once, on demand. */
  body(): unknown
}

/** How a partner's webhooks are received. */
export interface WebhookDeclaration {
  /** A row of `SIGNATURE_SCHEMES`, or a scheme of the same form. */
  readonly signature: SignatureScheme
  /** Name of the secret; `webhookSecret` unless told. */
  readonly secret?: string
  readonly topic: Part | ((view: WebhookView) => string | undefined)
  /** Joined by `|` after the topic. Where one is missing, the digest of the body: equal bytes are the same news. */
  readonly dedupeKey: readonly Part[]
  /** When it happened: an RFC 3339 instant, or epoch seconds or milliseconds. A function answers in milliseconds. */
  readonly eventAt?: Part | ((view: WebhookView) => number | undefined)
  /** Names in lower case; kept with the message beside `content-type`. */
  readonly keepHeaders?: readonly string[]
  /** One sentence refuses the webhook with 401: it proves the app, but belongs to another account. */
  check?(view: WebhookView): string | null
  /** One sentence: a ping or a test, answered 200 and not stored. */
  ignore?(view: WebhookView): string | null
  /** Topics of pings: as `ignore`. */
  readonly ignoreTopics?: readonly string[]
  /** For `ecdsa`: the partner's published keys. Asked once per request; see `cacheKeys`. */
  fetchKey?(context: ConnectorContext): FetchKey
}
