import type { ConnectionView, Connector, Feed, PushOperation, RawRequest } from '#core/contracts/connector.ts'
import type { Resource } from '#core/contracts/store.ts'

/**
 * What the kit must know of a partner to test its connector: the default export of `conformance.ts` in the partner's
 * folder. The checks themselves are generated from the manifest; what is left out here is skipped with a printed reason.
 */
export interface Conformance {
  readonly connector: Connector
  /** A connection that works against the simulator at `baseUrl`. */
  connection(baseUrl: string): ConnectionView
  readonly webhooks?: WebhookKit
  readonly pushes?: Partial<Record<Resource, PushKit>>
  /** A faithful little server of the partner; the kit puts a proxy before it that fails as told. */
  simulator?(options: SimulatorOptions): Promise<PartnerSimulator>
  /** Checks that do not apply to this partner: name of the check → the reason, printed. */
  readonly skips?: Readonly<Record<string, string>>
}

export interface WebhookKit {
  /** At least one per topic of the manifest, written after the vendor's documentation. */
  readonly samples: readonly WebhookSample[]
  /** The request as the partner sends it. Two calls with one `deliveryId` are one event delivered twice. */
  sign(delivery: WebhookDelivery): Omit<RawRequest, 'receivedAt'>
  /** File of `signatures/` in the fixtures folder with vectors of this partner. */
  readonly vectors?: string
  /** The secret that signs; `webhookSecret` unless told. Null: the partner signs with a key that it publishes. */
  readonly secretName?: string | null
  /** What a signature proves; `sender`: a secret that is sent as it is, and the body is not part of it. `body` unless told. */
  readonly proves?: 'body' | 'sender'
  /** How far the signed time may be off; absent where no time is signed (Standard Webhooks: 300). */
  readonly toleranceSeconds?: number
}

export interface WebhookSample {
  topic: string
  /** As the partner writes it; an object is sent as JSON. */
  body: Buffer | Record<string, unknown>
  /** Thin: `decode` asks the simulator for the rest. */
  thin?: boolean
}

export interface WebhookDelivery {
  topic: string
  body: Buffer
  secret: string
  /** When the partner sends it, epoch milliseconds. */
  at: number
  deliveryId: string
  /** Address that the partner was given. */
  url: string
  connection: ConnectionView
}

export interface PushKit {
  /** The nth document, as the connector's outgoing mapping makes it; `revision` 2 differs from 1 in what the partner shows. */
  operation(n: number, revision: number): Pick<PushOperation, 'key' | 'body' | 'dependencies'>
  /** One that the partner refuses, in part or as a whole: an unknown article in a batch that answers 200, for example. */
  refused?(): Pick<PushOperation, 'key' | 'body' | 'dependencies'>
}

export interface SimulatorOptions {
  now(): number
  random(): number
}

export interface PartnerSimulator {
  readonly baseUrl: string
  close(): Promise<void>
  /** Makes records of a polled feed, changed one second apart from `at` on; the ids that the decoded records carry. */
  seed?(feed: Feed, count: number, at: number): Promise<readonly string[]> | readonly string[]
  /** The record now counts as changed at `at`. */
  touch?(feed: Feed, id: string, at: number): void
  /** What it holds of a pushed resource: one entry per record, with how often it was written. */
  held?(resource: Resource): readonly { key: string; body: unknown; writes: number }[]
  /** What it shows of the articles that the pushed stock documents name. */
  readonly stock?: SimulatedStock
  /** Ends every access token that it gave out; refresh tokens stay good. */
  expireTokens?(): void
  /** How many tokens it gave out. */
  tokensGiven?(): number
  /** Webhook subscriptions that it holds. */
  subscriptions?(): readonly { topic: string; url: string }[]
  /** Forgets or disables them, as the partner does after failures. */
  dropSubscriptions?(): void
}

export interface SimulatedStock {
  /** Units for sale of the nth document's article. */
  shown(n: number): number
  /** As sales or the merchant change it. */
  put(n: number, units: number): void
  /** Most calls that ten articles at once may take, tokens included; absent where each goes by itself. */
  readonly calls?: number
}
