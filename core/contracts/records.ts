/** What the store keeps: the records of DESIGN's words, and what their operations take and give. Times are epoch milliseconds. */

import type { Feed } from './connector.ts'

export type Resource = 'order' | 'inventory' | 'shipment' | 'return' | 'product' | 'settlement'

export interface Page<T> {
  items: T[]
  /** Opaque; pass back as `after`. Null on the last page. */
  next: string | null
  /** How many records match the filter, over all pages. */
  total: number
}

export interface PageRequest {
  /** 1 to 1 000; 50 unless told. */
  limit?: number
  after?: string
}

/** One try of a translation or a delivery. Kept with its record, newest last, at most 20. */
export interface Attempt {
  at: number
  /** Milliseconds; absent while running and for ever when the process died in it. */
  ms?: number
  /** How far a delivery got; a translation is always `before-send`. */
  phase?: 'before-send' | 'send' | 'after-send'
  /** `done`, `waiting`, `held` or the code of the error. */
  outcome?: string
  /** One sentence, masked, at most 500 characters. */
  detail?: string
  /** HTTP status of the destination, where there was one. */
  status?: number
}

export interface Claim {
  /** Fencing token of this claim. */
  token: string
  now: number
  /** The claim lapses at this time. */
  until: number
}

export type MessageState = 'pending' | 'done' | 'skipped' | 'stale' | 'dead' | 'discarded'

export interface NewMessage {
  /** `messageId(connection, dedupeKey)`: the same thing arriving twice is the same message. */
  id: string
  tenant: string
  connection: string
  topic: string
  /** How it arrived. */
  via: 'webhook' | 'poll' | 'pull' | 'backfill'
  /** As in the queue, for `upkeep.due`; that of an order unless told, of a backfill by `via`. */
  priority?: number
  dedupeKey: string
  receivedAt: number
  /** The event's own time at the source, epoch milliseconds. */
  eventAt?: number
  /** As received, lower-case names; credentials and signatures left out. */
  headers: Record<string, string>
  body: Buffer
}

export interface Message extends NewMessage {
  state: MessageState
  /** Why it is skipped or dead: an error code. */
  reason?: string
  nextAt: number
  claims: number
  /** Attempts that counted against the retry budget. */
  spent: number
  attempts: Attempt[]
  /** Ids of the documents it made or touched. */
  documents: string[]
  /** Present when an operator edited the payload; `body` stays as received. */
  edited?: { body: Buffer; by: string; at: number }
  /** Present when its payload was erased: `body` and `headers` are empty, and nothing more comes of it. */
  erased?: Erased
}

/** What a record said of a person is gone, for good. */
export interface Erased {
  at: number
  /** What asked for it: a message, or an act of the audit. */
  by: string
}

export type MessageSummary = Omit<Message, 'body' | 'headers' | 'edited'> & { bytes: number; edited: boolean }

export interface MessageOutcome {
  state: MessageState
  reason?: string
  /** When to try again, for `pending`. */
  nextAt?: number
  /** Whether this attempt spends retry budget. */
  spend?: boolean
  documents?: string[]
  attempt: Attempt
}

export interface MessageFilter {
  tenant?: string
  connection?: string
  topic?: string
  state?: MessageState
  document?: string
  /** Received at this time or later. */
  from?: number
  /** Received before this time. */
  to?: number
}

/** Where a revision stands in its source's history. Compared field by field in this order; larger is newer. */
export interface SourceOrder {
  /** The mapping's revision expression as a number (epoch milliseconds for instants). */
  revision: number
  /** The event's own time, else the time of arrival. */
  event: number
  arrival: number
}

export interface DocumentCandidate {
  /** `documentId(resource, key)`. */
  id: string
  resource: Resource
  /** Stable key sent to destinations: `tenant:connection:externalId`. */
  key: string
  tenant: string
  connection: string
  externalId: string
  /** What people call it: the order number, the SKU. */
  number?: string
  order: SourceOrder
  /** The canonical document. */
  body: Record<string, unknown>
  /** Digest of the canonical JSON of `body`. */
  hash: string
  /** `overlays` as in the plan, absent where there are none. */
  mapping: { id: string; version: number; overlays?: readonly string[] }
  /** The message that made this revision. */
  message: string
  /** When that message was received: the start of the latency clock. */
  receivedAt: number
  /** Documents that a destination must hold before this one, as document ids. */
  dependsOn: string[]
  /** When it is late unless it has moved on: an open order's `shipBy`. */
  deadline?: number
  /** What a merged body was put together from. Only a merge sees it: the store keeps it to itself. */
  parts?: Record<string, unknown>
}

/**
 * What a candidate and the stored document make together. Pure and never throwing: the driver calls it within its atomic
 * write, and again when somebody else wrote meanwhile.
 */
export type MergeDocuments = (
  stored: StoredDocument | null,
  candidate: DocumentCandidate,
) => DocumentCandidate

export interface StoredDocument extends DocumentCandidate {
  /** 1, 2, 3 … per document; grows with every accepted change. */
  revision: number
  createdAt: number
  updatedAt: number
  /** Present when its personal fields were erased: it takes no revision any more. */
  erased?: Erased
}

export type UpsertResult = {
  /** `unchanged`: newer or equal order, equal content. `stale`: older order. `erased`: it was, and stays so. */
  outcome: 'created' | 'updated' | 'unchanged' | 'stale' | 'erased'
  document: StoredDocument
}

export interface DocumentFilter {
  tenant?: string
  connection?: string
  resource?: Resource
  externalId?: string
  number?: string
}

/** `held`: its connection is paused or needs authorisation. */
export type DeliveryState = 'pending' | 'waiting' | 'held' | 'confirmed' | 'skipped' | 'dead' | 'discarded'

export interface WantedDelivery {
  /** `deliveryId(document, destination)`. */
  id: string
  document: string
  resource: Resource
  tenant: string
  /** Connection the document came from. */
  source: string
  destination: string
  flow: string
  /** The document revision that the destination should hold. */
  revision: number
  /** When the message behind this revision was received. */
  receivedAt: number
  priority: number
}

export interface Delivery extends WantedDelivery {
  state: DeliveryState
  confirmedRevision: number
  /** Error code of the last failure, or why it is skipped. */
  reason?: string
  /** Document id whose link at the destination it waits for. */
  waitsFor?: string
  nextAt: number
  claims: number
  /** Attempts that counted against the retry budget since the last success. */
  spent: number
  /** Since when it has been wanted and not confirmed: the age budget counts from here. */
  wantedAt: number
  /** A send began and its answer is not known: probe before sending again. */
  uncertain: boolean
  attempts: Attempt[]
  confirmedAt?: number
}

export interface DeliveryOutcome {
  state: DeliveryState
  /** With `confirmed`: the revision that the destination now holds. A newer wanted revision keeps it `pending`. */
  revision?: number
  reason?: string
  waitsFor?: string
  /** When to try again; with `confirmed`: when to write it again, changed or not, because it lapses. */
  nextAt?: number
  spend?: boolean
  uncertain?: boolean
  attempt: Attempt
}

export interface DeliveryFilter {
  tenant?: string
  source?: string
  destination?: string
  resource?: Resource
  state?: DeliveryState
  document?: string
}

export type DeadLetterState = 'open' | 'replayed' | 'resolved' | 'discarded'

export interface NewDeadLetter {
  /** `deadLetterId(kind, subject)`: one letter per message or delivery. */
  id: string
  kind: 'message' | 'delivery'
  /** Message id or delivery id. */
  subject: string
  tenant: string
  /** Where it went wrong: the source connection of a message, the destination of a delivery. */
  connection: string
  resource?: Resource
  topic?: string
  /** Document id, where there is one. */
  document?: string
  code: string
  /** Fingerprint that groups letters of the same origin. */
  cause: string
  /** One sentence for the operator, masked. */
  summary: string
  /** What the cause has in common, for the list of causes. */
  title: string
  at: number
  /** Of what a rule holds back: the rule. */
  rule?: string
  /** Who is to decide. */
  owner?: string
  /** When it is escalated, and to whom. A letter that is opened again by the same cause keeps its time. */
  dueAt?: number
  escalateTo?: string
}

export interface DeadLetter extends NewDeadLetter {
  state: DeadLetterState
  /** How often this subject has been parked. */
  times: number
  openedAt: number
  closedAt?: number
  closedBy?: string
  closeReason?: string
  /** Its time had passed: since then `owner` is whom it was escalated to. */
  escalatedAt?: number
}

export interface Cause {
  cause: string
  code: string
  title: string
  connections: string[]
  resources: Resource[]
  open: number
  total: number
  firstAt: number
  lastAt: number
  /** Id of the newest letter. */
  sample: string
}

export interface DeadLetterFilter {
  tenant?: string
  connection?: string
  cause?: string
  code?: string
  kind?: 'message' | 'delivery'
  state?: DeadLetterState
  document?: string
  owner?: string
  /** Escalated at this time or later. */
  escalatedSince?: number
}

export type ConnectionState = 'active' | 'paused' | 'unauthorized'

export interface StoredConnection {
  id: string
  tenant: string
  connector: string
  settings: Record<string, unknown>
  /** Sealed by the vault: never plain. Of a connection declared in configuration only the tokens that the partner gave. */
  secrets: Record<string, string>
  /** Operator's additions to mapping tables: mapping id → table → entry → value. */
  tables: Record<string, Record<string, Record<string, unknown>>>
  state: ConnectionState
  stateReason?: string
  /** True for a connection declared in `HUB_CONFIG`: settings and secrets come from there, only state and tables from here. */
  declared: boolean
  /** Token of the lock under which credentials were last refreshed. */
  fence?: number
  /** What the last look at its webhook subscriptions found. */
  subscriptions?: SubscriptionsState
  updatedAt: number
}

export interface SubscriptionsState {
  checkedAt: number
  /** When they are looked at next; the past: as soon as possible. */
  nextAt: number
  /** Digest of all that they depend on: another one is a reason to look at once. */
  basis: string
  /** Topics of the last look that did not fail. */
  present: string[]
  created: string[]
  repaired: string[]
  /** Why the last look failed or was left out, in one sentence. */
  problem?: string
  /** Register code of the failure. */
  code?: string
}

export type CursorOf = Feed | `backfill:${Feed}`

export interface Cursor {
  connection: string
  /** What is polled: a resource, a queue or a folder; or what of it is backfilled beside that. */
  resource: CursorOf
  /** What the connector's `poll` gave, or a backfill keeps; opaque to the store. */
  value: string
  updatedAt: number
}

/** This canonical entity ↔ that id at a connection. At most one link per document and connection. */
export interface Link {
  document: string
  connection: string
  externalId: string
  createdAt: number
}

export interface Lease {
  name: string
  owner: string
  /** Grows with every change of owner: a late holder is recognised by its smaller token. */
  token: number
  until: number
}

/** Counters and latency of one minute of one series. */
export interface StatBucket {
  /** Epoch milliseconds of the minute's start. */
  minute: number
  /** `connection:<id>` or `flow:<id>`. */
  series: string
  /** Added to what is there. */
  counts: Record<string, number>
  /** Counts per latency bucket (`LATENCY_BOUNDS_MS` of core/health), added to what is there. */
  latency: number[]
}

export interface AuditEntry {
  at: number
  /** Key id, session or `system`. */
  actor: string
  action: string
  subject: string
  detail: Record<string, unknown>
}

/** `hash` covers the entry and the previous hash: a removed or changed entry breaks the chain. */
export type StoredAuditEntry = AuditEntry & { seq: number; previous: string; hash: string }

/** Somebody, or something of theirs, that was erased and must not come back. */
export interface ErasureMark {
  /** Keyed digest: without the key it tells nothing. */
  digest: string
  /** What happened before this time stays forgotten. */
  at: number
  /** When that was remembered. */
  since: number
}

export type Role = 'admin' | 'engineer' | 'operator' | 'merchant' | 'viewer'

/** An API key, a sign-in link or a session; only the digest of the secret is kept. */
export interface StoredKey {
  id: string
  /** `connect`: a merchant's agreement under way; `privacy`: the key of digests of erased people. Their labels are sealed. */
  kind: 'api' | 'sign-in' | 'session' | 'connect' | 'privacy'
  role: Role
  tenant?: string
  label?: string
  /** SHA-256 hex of the secret. */
  digest: string
  createdAt: number
  expiresAt?: number
  revokedAt?: number
}

export type Work = 'translate' | 'deliver'

export interface Due {
  id: string
  priority: number
  /** Claims that were never settled: above 0, the process died with this work in hand, and the sweeper runs it alone. */
  claims: number
}

export interface Backlog {
  /** Messages by connection and state; deliveries by destination and state. */
  rows: { kind: 'message' | 'delivery'; connection: string; state: string; count: number; oldestAt: number }[]
}

/** Whom a published mapping is for. */
export type MappingScope = '*' | `tenant:${string}` | `connection:${string}`

/** A mapping or an overlay that was published on top of the shipped files. Never changed: a roll-back is one more. */
export interface PublishedMapping {
  /** Id of the mapping that it replaces or extends: `storefronts/shopify/order`. */
  mapping: string
  scope: MappingScope
  /** 1, 2, 3 … per mapping and scope; the highest one counts. */
  number: number
  /** The file; empty: from here on nothing published applies in this scope. */
  text: string
  /** Its test file; empty where there is none. */
  cases: string
  note?: string
  /** Key id, session or `system`. */
  by: string
  at: number
}

/** In what way live payloads differ from the declared source schema. */
export type DriftKind = 'new-field' | 'vanished-field' | 'new-value' | 'type-change'

/** One difference of one connection and topic, counted. */
export interface DriftFinding {
  tenant: string
  connection: string
  topic: string
  kind: DriftKind
  /** Pointer into the source record, `*` for the items of arrays. */
  pointer: string
  /** The new value, or the type that was found; empty for fields. */
  value: string
  count: number
  firstAt: number
  lastAt: number
  /** What stood there in the newest payload, masked, at most 200 characters. */
  sample: string
  /** The newest message. */
  message: string
}

export interface DriftFilter {
  tenant?: string
  connection?: string
  topic?: string
  kind?: DriftKind
}

/** Units of one item at one place, as their source last told. */
export interface StockCount {
  /** Connection that told. */
  source: string
  /** The location's code, else its id, else its name; `default` where the source knows no places. */
  location: string
  /** Units that can be sold, by the source's own books. */
  available: number
  /** When the figures were true, at the latest: what happened before is in them. */
  at: number
  /** It tells what lies there: an order lessens it when it ships, not when it is taken. */
  onHand?: true
}

/** Units that an order holds until a count knows of them, or until the order no longer wants them. */
export interface Reservation {
  /** Document id of the order. */
  order: string
  /** Connection that sold it. */
  channel: string
  /** Units that no count knows of yet. */
  quantity: number
  /** What the order wants of the item in all, `direct`: not as parts of bundles; `quantity` unless told. */
  ordered?: { quantity: number; direct: number }
  at: number
  /** When it is given up if nothing was heard of the order. */
  endsAt: number
  /** Since when each source of counts has held the order: a count of that source taken later includes it. */
  heldAt?: Record<string, number>
  /** When the channel told that all units have left. */
  shippedAt?: number
}

/**
 * What one channel was told that it may sell. What it shows and what it sold without the hub knowing are together never
 * more than `ceiling` and `unseen` and what `sent` may add.
 */
export interface StockOffer {
  /** What it is to show. */
  wanted: number
  /** The most that it shows and has sold since the last write without the hub knowing. */
  ceiling: number
  /** What it shows if nothing was sold unseen; absent while nobody knows: before the first answer, after a lost one. */
  shown?: number
  /** When it last confirmed. */
  at?: number
  /** Its answers tell what it showed before: it compares, or looks right before it writes. */
  compares?: true
  /** Units that may have been sold just before the last write, and until when they are expected to be heard of. */
  unseen?: { quantity: number; until: number }
  /** A write on its way: its figure, what it is compared with, since when that is shown, and what was heard to be sold meanwhile. */
  sent?: { quantity: number; expected?: number; since?: number; sold: number }
  /** Since when a delivery is asked for that has not begun. */
  askedAt?: number
  /** The last delivery was given up: it is asked for again only when `wanted` changes. */
  parked?: true
  /** The next answer is that of a compare: a difference is drift. */
  checking?: true
  /** What it told of itself that is not what it should show, until every sale before that must have been heard of. */
  told?: { quantity: number; at: number }
  /** The last drift that a compare found: how many units more than was known the channel showed, and when. */
  drift?: { quantity: number; at: number }
}

export interface StockItem {
  /** `stockId(tenant, sku)`. */
  id: string
  tenant: string
  sku: string
  /** 1, 2, 3 … with every change. */
  version: number
  counts: StockCount[]
  reservations: Reservation[]
  /** By channel: connection id. */
  offers: Record<string, StockOffer>
  /** When it is to be looked at again although nothing happened: a reservation ends, a count grows stale. */
  nextAt: number | null
  updatedAt: number
}

export interface StockFilter {
  tenant?: string
  sku?: string
}
