import { createHash } from 'node:crypto'
import { v7 } from 'uuid'
import type { Resource } from '../contracts/store.ts'

/** Fresh ids, sortable by time. Injected, so that tests can count. */
export type NewId = () => string

export const newId: NewId = () => v7()

/** Identity of a message: the same dedupe key at the same connection is the same message. */
export const messageId = (connection: string, dedupeKey: string): string =>
  createHash('sha256').update(`${connection}\n${dedupeKey}`).digest('hex').slice(0, 32)

/** Stable key of an entity, sent to destinations. */
export const documentKey = (tenant: string, connection: string, externalId: string): string =>
  `${tenant}:${connection}:${externalId}`

export const documentId = (resource: Resource, key: string): string => `${resource}:${key}`

export const deliveryId = (document: string, destination: string): string => `${document}>${destination}`

export const deadLetterId = (kind: 'message' | 'delivery', subject: string): string =>
  createHash('sha256').update(`${kind}\n${subject}`).digest('hex').slice(0, 24)

/** Of an item in the ledger. Ids of tenants have no colon, so no two items share one. */
export const stockId = (tenant: string, sku: string): string => `${tenant}:${sku}`
