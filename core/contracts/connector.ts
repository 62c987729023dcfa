import type { Auth } from './auth.ts'
import type { Resource } from './store.ts'

export type { Auth, ClientKey, KeyHandoff, OAuth, SignatureSchemeName } from './auth.ts'

/**
 * What the hub knows about one partner system: a manifest and at most six functions. A connector keeps no state,
 * reads no clock and opens no connection but through the context it is given.
 */
export interface Connector {
  readonly manifest: Manifest
  /**
   * Verifies on the raw bytes, then names what arrived. Never parses before the signature holds. Pure: `context` is for
   * public keys that a partner publishes, nothing else.
   */
  receive?(
    request: RawRequest,
    connection: ConnectionView,
    context: ConnectorContext,
  ): Received | Promise<Received>
  /** Pages from the cursor on, oldest change first; the hub stores each page's messages before it saves that page's cursor. */
  poll?(feed: Feed, cursor: string | null, context: ConnectorContext): AsyncIterable<PolledPage>
  /** From bytes to source records; thin payloads are fetched back here. Without it: the body is one JSON record. */
  decode?(message: RawMessage & { via: string }, context: ConnectorContext): Promise<Decoded> | Decoded
  /** Makes the destination hold the document. Calls `operation.sending()` right before the first byte that may change something. */
  push?(operation: PushOperation, context: ConnectorContext): Promise<PushResult>
  /** Proves that settings and secrets work, without changing anything. */
  probe?(context: ConnectorContext): Promise<{ ok: true; detail: string }>
  /** Lists, registers and repairs the partner's webhook subscriptions so that they equal the manifest's topics. */
  subscribe?(callbackUrl: string, context: ConnectorContext): Promise<Subscribed>
}

export interface Subscribed {
  present: string[]
  created: string[]
  repaired: string[]
  /** Secrets that the partner handed over, by name: kept sealed before those that are live, so nothing under way is refused. */
  secrets?: Readonly<Record<string, readonly string[]>>
}

export type ConnectorKind = 'storefront' | 'marketplace' | 'pos' | 'fulfilment' | 'carrier' | 'erp'

export interface Manifest {
  readonly id: string
  readonly name: string
  readonly kind: ConnectorKind
  /** The one place that names the partner's API version; `sunset` is an ISO date when the partner ends it. */
  readonly api: { readonly version: string; readonly sunset?: string; readonly docs: string }
  /** JSON Schema (2020-12) of `settings`: forms, validation and the reference page are made from it. */
  readonly settings: JsonSchema
  /** Secret names with what they are for. `required` ones stop the start when missing; `rotatable` ones may be a list, newest first; `app`: without a value of its own, that part of the app's credentials. */
  readonly secrets: Readonly<
    Record<
      string,
      {
        readonly description: string
        readonly required: boolean
        readonly rotatable?: boolean
        readonly app?: 'clientId' | 'clientSecret'
      }
    >
  >
  /** Webhook topics and the resource each becomes. */
  readonly topics: Readonly<Record<string, Resource>>
  /** What `poll` reads. */
  readonly polls?: Readonly<Partial<Record<Feed, PollDeclaration>>>
  /** Resources that `push` writes. `state`: only the newest revision matters, intermediate ones may be skipped. */
  readonly pushes?: Readonly<Partial<Record<Resource, 'state'>>>
  /** What the partner lets one account do; without it every call is sent at once. */
  readonly limits?: Limits
  /** How a merchant connects and how tokens are got and kept alive; without it, secrets are all that is needed. */
  readonly auth?: Auth
  /** How often the hub asks `subscribe` to compare and repair. Without it: once, when the connection is made. */
  readonly subscriptions?: { readonly everySeconds: number; readonly needs?: string }
  /** Of a declared channel, whose settings say what it can do: takes the place of the members above. Pure. */
  ofConnection?(
    settings: Readonly<Record<string, unknown>>,
  ): Partial<Pick<Manifest, 'topics' | 'polls' | 'pushes' | 'limits' | 'auth'>>
}

/** What a poll reads: one resource, or a place where messages of many topics lie (a queue, a folder). */
export type Feed = Resource | 'queue' | 'file'

export interface PollDeclaration {
  /** The usual interval; the setting `pollSeconds` of a connection wins. */
  readonly everySeconds: number
  /** The topic its messages carry; a queue's and a folder's messages name their own. */
  readonly topic?: string
  /** Names a secret or a setting: a connection without it is not polled. */
  readonly needs?: string
  /**
   * The cursor of a poll that begins with what changed at `since` (epoch milliseconds), whatever the settings say of a
   * first poll. Pure. Without it the feed knows no time, and there is nothing to backfill.
   */
  cursorAt?(since: number): string
}

/** Token buckets of one account at the partner, what calls take from them and what answers tell of them. All pure. */
export interface Limits {
  /** Sizes and refills as the partner documents them for its smallest plan; answers may correct them. */
  readonly buckets: Readonly<Record<string, { readonly capacity: number; readonly refillPerSecond: number }>>
  /** Who the partner counts, where several connections may be one account; without it, the connection's id. */
  account?(connection: ConnectionView): string
  /** What a request takes and from which bucket; null: nothing. Calls of one `operation` cost the same. */
  price(request: HttpRequest): { bucket: string; operation: string; cost: number } | null
  /** What an answer says; without it, only that 429 and 503 with `Retry-After` ask for a rest. */
  read?(response: HttpResponse): LimitReading
}

/** In the bucket's tokens; what the partner does not say is left out. */
export interface LimitReading {
  /** What it counts for such a call before it runs. */
  price?: number
  /** What it counted for this one in the end. */
  charged?: number
  /** What is left. */
  available?: number
  /** Size and refill per second that the account really has. */
  capacity?: number
  refillPerSecond?: number
}

export type JsonSchema = Readonly<Record<string, unknown>>

/** Opened secrets and validated settings of one connection. */
export interface ConnectionView {
  readonly id: string
  readonly tenant: string
  readonly connector: string
  readonly settings: Readonly<Record<string, unknown>>
  /** Every live value of each secret, newest first; a missing secret is an empty list. */
  readonly secrets: Readonly<Record<string, readonly string[]>>
}

export interface ConnectorContext {
  readonly connection: ConnectionView
  readonly http: HttpClient
  /**
   * A live access token: of `auth`, renewed before it ends; else the secret `accessToken`. `refused`: the partner would
   * not take this one. Throws `UNAUTHORIZED` when there is none to be had.
   */
  readonly token: (refused?: string) => Promise<string>
  readonly now: () => number
  /** Waits on the injected clock; rejects when the signal aborts. */
  readonly sleep: (ms: number) => Promise<void>
  /** What several pushes of this connection have to say at once goes out as one call: while one is under way, the next gathers. */
  readonly together: <Item, Result>(item: Item, call: SharedCall<Item, Result>) => Promise<Result>
  readonly signal: AbortSignal
  readonly log: (
    level: 'debug' | 'info' | 'warn' | 'error',
    message: string,
    fields?: Record<string, unknown>,
  ) => void
}

/** One call to the partner for several pushes of one connection. */
export interface SharedCall<Item, Result> {
  /** Within the connection: what is asked under the same name goes out together. */
  readonly name: string
  /** Most items of one call; 100 unless told. */
  readonly max?: number
  /** What the partner cannot bear two of: one call of this name at a time over all processes. Without it, one over this process. */
  readonly alone?: string
  /** The answers in the order of the items: an error in place of a result concerns that item alone. Throwing is the answer to each. */
  send(items: readonly Item[]): Promise<readonly (Result | Error)[]>
}

/** An HTTP client with keep-alive, time-outs, a response bound, a host check and no cross-host redirects. */
export interface HttpClient {
  /** Resolves for every HTTP status; rejects with a `HubError` for everything that is not an answer. */
  request(request: HttpRequest): Promise<HttpResponse>
}

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD'
  url: string
  headers?: Record<string, string>
  /** An object is sent as JSON. */
  body?: unknown
  timeoutMs?: number
  /** Repeats on network faults, 429 and 5xx; only for calls that are safe to repeat. */
  safeToRepeat?: boolean
  /** The answer's body comes as a `Buffer`, whatever it says it is: files, archives. */
  bytes?: boolean
  signal?: AbortSignal
}

export interface HttpResponse {
  status: number
  /** Lower-case names. */
  headers: Record<string, string>
  /** Parsed when the answer says it is JSON and it parses; else the text. */
  body: unknown
}

export interface RawRequest {
  method: string
  /** Path and query exactly as received. */
  target: string
  /** The URL the partner was given (scheme and host of `HUB_PUBLIC_URL`), for schemes that sign it. */
  url: string
  /** Lower-case names; a repeated header is joined by `, ` as node:http does. */
  headers: Readonly<Record<string, string>>
  body: Buffer
  receivedAt: number
}

export interface RawMessage {
  topic: string
  /** Unique per connection: what the partner promises to keep over its own retries. */
  dedupeKey: string
  eventAt?: number
  /** Of a poll: when the record last changed at its source. A backfill is bounded by it; it is not stored. */
  changedAt?: number
  headers: Record<string, string>
  body: Buffer
}

export type Received =
  | {
      ok: true
      messages: RawMessage[]
      answer?: { status: number; headers?: Record<string, string>; body?: string }
    }
  /** `code` is a register code with recovery `skip`: `SIGNATURE_INVALID`, `REQUEST_INVALID` … */
  | { ok: false; code: string; status: number; detail: string }

export interface PolledPage {
  messages: RawMessage[]
  /** Where to go on after this page's messages are safe. */
  cursor: string
  /** Nothing that changed before this follows; only of lists that are sorted by change. */
  reached?: number
  /** Called once messages and cursor are safe: empties the queue, moves the file. Dying before costs a repetition, which dedupe keys make free. */
  done?(): Promise<void>
}

export type Decoded =
  | { records: unknown[]; topic?: string }
  /** Counted, with a reason from the error register. With `privacy`, the hub first does what it asks for. */
  | { skip: string; detail: string; privacy?: PrivacyRequest }

/** What a partner asks for in the name of a person. */
export interface PrivacyRequest {
  /** `erase`: forget them. `hand-over`: a human gives the merchant what is kept of them. */
  act: 'erase' | 'hand-over'
  /** Absent: everything of this connection. */
  person?: Person
  /** Days after receipt by which it must be done. */
  days: number
  /** The partner's own number of it. */
  reference?: string
}

/** How a partner names somebody. Values as the partner writes them. */
export interface Person {
  /** Ids of the customer at the partner. */
  ids: readonly string[]
  emails?: readonly string[]
  phones?: readonly string[]
  /** External ids of orders that belong to the request. */
  orders?: readonly string[]
  /** The partner tells of everybody, most of whom never bought here. */
  maybeUnknown?: boolean
}

export interface PushOperation {
  resource: Resource
  /** Stable key of the document: `tenant:connection:externalId`. */
  key: string
  revision: number
  /** The document, or what the outgoing mapping made of it. */
  body: Record<string, unknown>
  /** Id at the destination, where a link is known. */
  externalId: string | null
  /** Ids at the destination of the documents this one depends on: document id → external id. */
  dependencies: Readonly<Record<string, string>>
  /** An earlier send may have arrived: look before writing. */
  uncertain: boolean
  /** Stable over every retry of this document at this destination. */
  idempotencyKey: string
  /** Of stock: what the destination shows unless it has sold what the hub has not heard of yet; to compare with where it can. */
  expected?: number
  /** Since when: a destination that shows writes late cannot be held against one that was just made. */
  expectedSince?: number
  /** Marks that the send begins: from here on the attempt spends budget and is uncertain until answered. */
  sending(): void
}

export interface PushResult {
  /** Id at the destination; becomes the link. */
  externalId: string
  /** HTTP status that confirmed. */
  status?: number
  /** Of stock: what the destination showed right before, where it tells. */
  found?: number
  /** What was written ends at this time (a tracking subscription): the hub pushes again before, changed or not. */
  lapsesAt?: number
}
