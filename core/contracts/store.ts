import type { Erasure } from './erasure.ts'
import type {
  AuditEntry,
  Backlog,
  Cause,
  Claim,
  Cursor,
  CursorOf,
  DeadLetter,
  DeadLetterFilter,
  DeadLetterState,
  Delivery,
  DeliveryFilter,
  DeliveryOutcome,
  DocumentCandidate,
  DocumentFilter,
  DriftFilter,
  DriftFinding,
  Due,
  Lease,
  Link,
  MappingScope,
  MergeDocuments,
  Message,
  MessageFilter,
  MessageOutcome,
  MessageSummary,
  NewDeadLetter,
  NewMessage,
  Page,
  PageRequest,
  PublishedMapping,
  Resource,
  StatBucket,
  StockFilter,
  StockItem,
  StoredAuditEntry,
  StoredConnection,
  StoredDocument,
  StoredKey,
  UpsertResult,
  WantedDelivery,
  Work,
} from './records.ts'

export type { Erasure } from './erasure.ts'
export type * from './records.ts'

/**
 * The store: all state of the hub, as small repositories by noun.
 *
 * Promises that every driver keeps and `test/conformance/store.suite.ts` proves:
 * - A resolved write is durable: it survives SIGKILL and power loss (SQLite `synchronous=FULL`, MongoDB majority + journal).
 * - Every operation is atomic on one record and safe to repeat. There is no general transaction, because the same
 *   engine must hold on a standalone MongoDB.
 * - All times are epoch milliseconds of the injected clock; the store never reads a clock of its own.
 * - Ids are strings made by the caller and mean identity: inserting an id twice is the same record.
 * - A claim is a lease on one record with a token. Only the holder of the token settles; a claim ends when it is
 *   settled, when its lease lapses, or when the driver can prove its holder dead. Each claim is counted before the
 *   work runs (`claims`), so a payload that kills the process is seen; the holder recounts it where the work only waits.
 * - Lists are bounded (at most 1 000 a page) and continue by an opaque cursor; newest first unless said otherwise.
 */
export interface Store {
  readonly messages: Messages
  readonly documents: Documents
  readonly deliveries: Deliveries
  readonly deadLetters: DeadLetters
  readonly connections: Connections
  readonly cursors: Cursors
  readonly links: Links
  readonly leases: Leases
  readonly stats: Stats
  readonly audit: Audit
  readonly keys: Keys
  readonly mappings: PublishedMappings
  readonly drift: Drift
  readonly stock: Stock
  readonly erasure: Erasure
  readonly upkeep: Upkeep
  close(): Promise<void>
}

export interface Messages {
  /** Durable when it resolves. `duplicate` leaves the stored record as it is. */
  insert(message: NewMessage): Promise<'stored' | 'duplicate'>
  /** A pending, due, unclaimed message, now claimed and `claims` one higher; null otherwise. */
  claim(id: string, claim: Claim): Promise<Message | null>
  /**
   * The claim goes on with `claims` so high, never below 1, and nothing else changes: while nothing of the work runs, no
   * crash is its doing. Safe to repeat. False if the token no longer holds it: then nothing changed.
   */
  recount(id: string, token: string, claims: number): Promise<boolean>
  /** Ends a claim; resets `claims`. False if the token no longer holds it: then nothing changed. */
  settle(id: string, token: string, outcome: MessageOutcome): Promise<boolean>
  get(id: string): Promise<Message | null>
  list(filter: MessageFilter, page?: PageRequest): Promise<Page<MessageSummary>>
  /** Back to `pending` at `now` with a fresh budget, unless it is claimed. With `edit`, the edited body is used from now on. */
  reopen(id: string, now: number, edit?: { body: Buffer; by: string }): Promise<boolean>
}

export interface Documents {
  /**
   * Stores the candidate if its order is newer than the stored one (ties: equal order with other content is newer),
   * atomically. Equal content moves the order forward but not the revision. With `merge`, whatever the two make together
   * is stored, whichever is newer; `unchanged` or `stale` where that is what stood there.
   */
  upsert(candidate: DocumentCandidate, now: number, merge?: MergeDocuments): Promise<UpsertResult>
  get(id: string): Promise<StoredDocument | null>
  list(filter: DocumentFilter, page?: PageRequest): Promise<Page<StoredDocument>>
  /** Those whose deadline is before this time, and not before `from`, earliest first. */
  due(before: number, limit: number, from?: number): Promise<StoredDocument[]>
}

export interface Deliveries {
  /**
   * Level-triggered: raises the wanted revision and makes the delivery pending now; a lower or equal one changes
   * nothing. A new revision reopens `dead`, `discarded`, `skipped` and `confirmed`, and gives a fresh budget.
   * True if something changed.
   */
  want(wanted: WantedDelivery, now: number): Promise<boolean>
  /**
   * A pending (or waiting, or confirmed and lapsing, its `nextAt` reached), due, unclaimed delivery, now claimed and `claims` one higher; null otherwise. If the claim before it
   * was never settled, `uncertain` is true from now on, because nobody knows how far it got.
   */
  claim(id: string, claim: Claim): Promise<Delivery | null>
  /** As of messages. What was left unsettled stays so: at 1, too, a later claim finds it `uncertain`. */
  recount(id: string, token: string, claims: number): Promise<boolean>
  /** Ends a claim; resets `claims`. False if the token no longer holds it: then nothing changed. */
  settle(id: string, token: string, outcome: DeliveryOutcome): Promise<boolean>
  get(id: string): Promise<Delivery | null>
  list(filter: DeliveryFilter, page?: PageRequest): Promise<Page<Delivery>>
  /** Makes waiting (by document waited for, at one destination) or held (by destination) deliveries pending at `now`; at most 1 000, returns their ids. */
  wake(what: { waitsFor: string; destination: string } | { heldAt: string }, now: number): Promise<string[]>
  /** Back to `pending` at `now` with a fresh budget, unless it is claimed. */
  reopen(id: string, now: number): Promise<boolean>
}

export interface DeadLetters {
  /** Opens the letter, or reopens and recounts the one its subject already has. */
  open(letter: NewDeadLetter): Promise<DeadLetter>
  get(id: string): Promise<DeadLetter | null>
  list(filter: DeadLetterFilter, page?: PageRequest): Promise<Page<DeadLetter>>
  causes(filter: DeadLetterFilter, page?: PageRequest): Promise<Page<Cause>>
  /** From any state but the same one; false if there is no such letter or it is closed for good (`resolved`, `discarded`). */
  close(
    id: string,
    state: Exclude<DeadLetterState, 'open'>,
    by: string,
    at: number,
    reason?: string,
  ): Promise<boolean>
  /** Open letters whose time has passed and that are not escalated, earliest first. */
  due(now: number, limit: number): Promise<DeadLetter[]>
  /** Hands an overdue letter to whom it is escalated; the letter for the one caller that did it, else null. */
  escalate(id: string, now: number): Promise<DeadLetter | null>
}

export interface Connections {
  /** Creates or replaces. */
  put(connection: StoredConnection): Promise<void>
  get(id: string): Promise<StoredConnection | null>
  list(page?: PageRequest): Promise<Page<StoredConnection>>
  /**
   * Changes only what is given, atomically; null if there is none. With `fence`, the token of a lock: only if the
   * connection has no greater or equal one, and keeps it; null otherwise, because a later holder was here.
   */
  patch(
    id: string,
    change: Partial<
      Pick<
        StoredConnection,
        'settings' | 'secrets' | 'tables' | 'state' | 'stateReason' | 'subscriptions' | 'updatedAt'
      >
    >,
    fence?: number,
  ): Promise<StoredConnection | null>
  remove(id: string): Promise<boolean>
}

export interface Cursors {
  get(connection: string, resource: CursorOf): Promise<Cursor | null>
  /** Advanced only after the page's messages are in the inbox. */
  put(cursor: Cursor): Promise<void>
  list(connection?: string): Promise<Cursor[]>
}

export interface Links {
  /**
   * Records the link; a later one of the same document and connection replaces it (the record was made again at the
   * destination). The lease on the delivery keeps two from being written at once. Returns what now stands.
   */
  put(link: Link): Promise<Link>
  get(document: string, connection: string): Promise<Link | null>
  /** All links of a document. */
  list(document: string): Promise<Link[]>
  /** Which document, of this resource if told, is that id at that connection: recognises our own echo. */
  find(connection: string, externalId: string, resource?: Resource): Promise<Link | null>
}

export interface Leases {
  /** Takes or renews the lease if it is free, lapsed or already the owner's; null while another holds it. */
  acquire(name: string, owner: string, now: number, until: number): Promise<Lease | null>
  release(name: string, owner: string): Promise<void>
}

export interface Stats {
  add(buckets: StatBucket[]): Promise<void>
  /** Oldest first, bounded to 50 000 rows. */
  read(range: { from: number; to: number; series?: string }): Promise<StatBucket[]>
}

export interface Audit {
  append(entry: AuditEntry): Promise<StoredAuditEntry>
  list(page?: PageRequest): Promise<Page<StoredAuditEntry>>
}

export interface Keys {
  put(key: StoredKey): Promise<void>
  /** Neither revoked nor expired at `now`. */
  find(digest: string, now: number): Promise<StoredKey | null>
  list(kind: StoredKey['kind']): Promise<StoredKey[]>
  /** True for the one caller that revoked it: a sign-in link works once. */
  revoke(id: string, now: number): Promise<boolean>
}

/** Append only: what was published stays readable, and a roll-back is a publication. */
export interface PublishedMappings {
  /**
   * Appends with the number `after + 1`, if `after` is still the newest of this mapping and scope (0: none yet); null
   * when somebody else published meanwhile.
   */
  publish(entry: Omit<PublishedMapping, 'number'>, after: number): Promise<PublishedMapping | null>
  get(mapping: string, scope: MappingScope, number: number): Promise<PublishedMapping | null>
  /** The newest of every mapping and scope, bounded to 10 000. */
  heads(): Promise<PublishedMapping[]>
  /** Newest first. */
  list(
    filter: { mapping?: string; scope?: MappingScope },
    page?: PageRequest,
  ): Promise<Page<PublishedMapping>>
  /** How many were ever published: unchanged means that `heads` is. Cheap: asked every second. */
  count(): Promise<number>
}

export interface Drift {
  /** Merged by connection, topic, kind, pointer and value: counts add up, times widen, the newest sample stays. */
  add(findings: readonly DriftFinding[]): Promise<void>
  /** Newest `lastAt` first. */
  list(filter: DriftFilter, page?: PageRequest): Promise<Page<DriftFinding>>
  /** Forgets what matches, for example after the source schema was brought up to date; how many. */
  clear(filter: DriftFilter & { pointer?: string }): Promise<number>
}

/** The ledger: one record for each item of a tenant, so that its counts, reservations and offers never disagree. */
export interface Stock {
  /**
   * Reads, reduces and writes as one step: what `reduce` returns is stored with `version` one higher; null changes nothing.
   * It is pure and may be asked again when somebody else wrote meanwhile. Returns what now stands.
   */
  change(
    id: string,
    reduce: (item: StockItem | null) => StockItem | null,
  ): Promise<{ changed: boolean; item: StockItem | null }>
  get(id: string): Promise<StockItem | null>
  /** By tenant and SKU, ascending. */
  list(filter: StockFilter, page?: PageRequest): Promise<Page<StockItem>>
  /** Ids of items whose `nextAt` has come, earliest first. */
  due(now: number, limit: number): Promise<string[]>
}

/** Cross-cutting reads and housekeeping; each bounded, so that no size of backlog stalls the process. */
export interface Upkeep {
  /**
   * Work that is pending (or waiting past its `nextAt`, or confirmed and about to lapse), due and unclaimed, most urgent and oldest first. `except` leaves
   * out connections (of messages: the source; of deliveries: the destination) that rest, cheaply at any size of their
   * backlog: one dead partner never hides the work of the others.
   */
  due(work: Work, now: number, limit: number, except?: readonly string[]): Promise<Due[]>
  /** Earliest time after `now` at which something becomes due, or null. */
  nextDue(work: Work, now: number): Promise<number | null>
  backlog(): Promise<Backlog>
  /** Count of messages not yet translated: the inbox's high-water mark is compared with this. Cheap: called often. */
  pendingMessages(): Promise<number>
  /** Deletes finished messages, stats and audit-free leftovers older than `before`; at most `limit`, returns how many. */
  purge(what: 'messages' | 'stats' | 'keys', before: number, limit: number): Promise<number>
  /** Resolves if the store answers. */
  ping(): Promise<void>
}
