import type {
  Attempt,
  Cause,
  DeadLetter,
  Delivery,
  Link,
  MessageSummary,
  Role,
  StoredDocument,
} from '#core/contracts/store.ts'

/** Answers of the API as the pages read them. The API writes times as RFC 3339 text; health snapshots carry numbers. */

export type { Cause }

type Written<T, Times extends keyof T> = Omit<T, Times> & { [Time in Times]: string }

type WithAttempts<T> = Omit<T, 'attempts'> & { attempts: AttemptRow[] }

export interface Session {
  role: Role
  label: string | null
  /** Null: of all tenants. */
  tenant: string | null
  /** What the role allows. */
  actions: string[]
}

export interface List<T> {
  items: T[]
  next: string | null
  total: number
}

export type AttemptRow = Written<Attempt, 'at'>

export type Letter = Omit<Written<DeadLetter, 'at' | 'openedAt'>, 'dueAt' | 'escalatedAt'> & {
  dueAt?: string
  escalatedAt?: string
}

/** A cause as the API lists it. */
export type CauseView = Written<Cause, 'firstAt' | 'lastAt'>

export interface LetterView extends Letter {
  payload: PayloadView | null
  message: { attempts: AttemptRow[] } | null
  delivery: { attempts: AttemptRow[] } | null
  documentRecord: { body: unknown } | null
}

export interface PayloadView {
  encoding: 'utf8' | 'base64'
  text: string | null
  bytes: number
  masked: boolean
}

export interface ReplayPreview {
  matched: number
}

export interface ReplayReport extends ReplayPreview {
  replayed: number
  skipped: number
  remaining: number
}

/** The way of one document through the hub. */
export interface Trace {
  document: Written<Omit<StoredDocument, 'body'>, 'receivedAt' | 'createdAt' | 'updatedAt'>
  messages: WithAttempts<Written<MessageSummary, 'receivedAt'>>[]
  deliveries: WithAttempts<Delivery>[]
  links: Written<Link, 'createdAt'>[]
  deadLetters: Letter[]
}

export interface TraceAnswer {
  documents: Trace[]
  total: number
}
