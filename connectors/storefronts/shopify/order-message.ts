import { createHash } from 'node:crypto'
import { canonicalJson, type RawMessage } from '../../sdk/index.ts'
import { GRAPHQL_ORDER } from './manifest.ts'
import type { OrderNode } from './operations/orders.ts'

/**
 * An order that the hub asked for. The digest keeps apart two states of one second, which `updatedAt` alone would call the
 * same; an order that did not change gives the same key in every overlap, by pages or in bulk.
 */
export function orderMessage(order: OrderNode, askedAt: number): RawMessage {
  const body = Buffer.from(canonicalJson(order))
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 16)
  return {
    topic: GRAPHQL_ORDER,
    dedupeKey: `poll|${order.id}|${order.updatedAt}|${digest}`,
    eventAt: askedAt,
    changedAt: Date.parse(order.updatedAt),
    headers: { 'content-type': 'application/json' },
    body,
  }
}
