import type {
  Cursor,
  DeadLetter,
  DriftFinding,
  ErasureMark,
  Lease,
  Link,
  Message,
  PublishedMapping,
  StatBucket,
  StoredAuditEntry,
  StoredConnection,
  StoredDocument,
  StoredKey,
} from '../../contracts/store.ts'
import type { DeliveryRecord } from '../delivery-rules.ts'
import type { MessageRecord } from '../message-rules.ts'
import type { StockRecord } from '../stock-rules.ts'

/** What a move carries: every noun, with what only the store knows of it. A claim is not carried, see `unclaimed`. */
export interface Records {
  connections: StoredConnection
  keys: StoredKey
  audit: StoredAuditEntry
  publishedMappings: PublishedMapping
  cursors: Cursor
  leases: Lease
  links: Link
  documents: StoredDocument
  /** `bytes`: as received; of an erased one they are gone. */
  messages: MessageRecord & Pick<Message, 'headers' | 'body' | 'edited'> & { bytes: number }
  deliveries: DeliveryRecord
  deadLetters: DeadLetter
  drift: DriftFinding
  erasureMarks: ErasureMark
  stock: StockRecord
  stats: StatBucket
}

export type TableName = keyof Records

/** In the order in which they are copied: the small ones first, so that what cannot be copied shows early. */
export const TABLES: readonly TableName[] = [
  ...(['connections', 'keys', 'audit', 'publishedMappings', 'cursors', 'leases', 'erasureMarks'] as const),
  ...(['links', 'documents', 'messages', 'deliveries', 'deadLetters', 'drift', 'stock', 'stats'] as const),
]

/** `arrival` grows from record to record and is what lists sort by; tables that no list sorts by it just count. */
export interface Placed<T> {
  arrival: number
  record: T
}

/** One store seen whole, while nobody works on it. */
export interface StoreReader {
  /** Which store it is, without user and password. */
  readonly name: string
  /**
   * Oldest first, after the first `skip`: messages by time of receipt and then arrival, other lists by arrival, the rest
   * by its key. Two stores that hold the same give the same sequence.
   */
  read<T extends TableName>(table: T, skip?: number): AsyncIterable<Placed<Records[T]>>
  count(table: TableName): Promise<number>
  close(): Promise<void>
}

export interface MoveSource extends StoreReader {
  /** Messages and documents of more bytes than this; at most 20. */
  larger(bytes: number): Promise<LargeRecord[]>
}

export interface LargeRecord {
  noun: 'message' | 'document'
  id: string
  bytes: number
}

/** How far a move has come: kept in the target, where no hub opens a store that has it. */
export interface Progress {
  /** Name of the source. */
  source: string
  /** How many records of a table are there; absent: none. */
  written: Partial<Record<TableName, number>>
}

export interface MoveTarget extends StoreReader {
  /** Most bytes that a message or document may have. */
  readonly maxBytes: number
  /** Of a move that has not finished; null where there is none. */
  progress(): Promise<Progress | null>
  /** Durable when it resolves, as all writes. */
  begin(progress: Progress): Promise<void>
  /** Rows first, then the progress. Rows that are there already, because the process died in between, do no harm. */
  write<T extends TableName>(table: T, rows: readonly Placed<Records[T]>[], progress: Progress): Promise<void>
  /** From now on it is a store like any other. */
  finish(): Promise<void>
}
