import type { Request } from 'express'
import type { LiveConnection } from '#core/accounts/directory.ts'
import type { Connector, ConnectorContext, Received } from '#core/contracts/connector.ts'
import type { Accept } from '#core/inbox/accept.ts'
import type { Clock } from '#core/kernel/clock.ts'
import { toRawRequest } from './raw-request.ts'
import { type Reply, refusal } from './reply.ts'

export interface ReceiveDependencies {
  connectors: ReadonlyMap<string, Connector>
  accept: Accept
  /** For the public keys that a partner publishes. */
  contextFor(connection: LiveConnection, signal: AbortSignal): ConnectorContext
  clock: Clock
  /** What partners were given; `/webhooks/<connection>` follows. */
  publicUrl: string
}

export type ReceiveWebhook = (connection: LiveConnection, request: Request) => Promise<Reply>

/** Verified by the connector, durable in the store, and only then answered. A paused connection goes on collecting. */
export function createReceiveWebhook({
  connectors,
  accept,
  contextFor,
  clock,
  publicUrl,
}: ReceiveDependencies): ReceiveWebhook {
  const base = publicUrl.replace(/\/+$/, '')
  // A key that is being fetched serves every webhook that waits for it: the first one's hanging up ends nothing.
  const never = new AbortController().signal

  return async (connection, request) => {
    const receive = connectors.get(connection.connector)?.receive
    if (!receive) return refusal(404, 'CONNECTION_UNKNOWN', 'This connection takes no webhooks.')
    const raw = toRawRequest(request, base, clock.now())
    const outcome = receive(raw, connection, contextFor(connection, never))
    const received = outcome instanceof Promise ? await outcome : outcome
    if (!received.ok) return refusal(received.status, received.code, received.detail)
    if (received.messages.length === 0) return answer('answered', received)
    const { stored } = await accept(connection, 'webhook', received.messages, raw.receivedAt)
    return answer(stored > 0 ? 'stored' : 'duplicate', received)
  }
}

const answer = (result: string, { answer: given }: Extract<Received, { ok: true }>): Reply =>
  given ? { ...given, result } : { status: 200, result }
