import type { DocumentCandidate, Resource, Store } from '#core/contracts/store.ts'
import { deadlineOf } from '#core/documents/deadline.ts'
import type { Order } from '#core/documents/types.gen.ts'
import { contentHash } from '#core/kernel/canonical-json.ts'
import { documentId, documentKey } from '#core/kernel/ids.ts'
import { noteOrders } from '#core/orchestration/order-documents.ts'

/** An order that nothing is wrong with. */
export const order = (more: Partial<Order> = {}): Order => ({
  ...{
    externalId: '1',
    channel: 'shop',
    placedAt: '2026-01-01T00:00:00Z',
    currency: 'USD',
    taxesIncluded: false,
  },
  lines: [{ externalId: 'l1', sku: 'TENT', title: 'Tent', quantity: 2, unitPrice: '10.00' }],
  totals: { total: '20.00' },
  shippingAddress: {
    ...{ name: 'Ada', line1: '1 Main St', city: 'Springfield', postalCode: '62701', provinceCode: 'IL' },
    country: 'US',
  },
  ...more,
})

export interface Given {
  resource?: Resource
  connection?: string
  tenant?: string
  dependsOn?: string[]
  at?: number
}

/** Stored as a translation does it, and found by its order. */
export async function landed(
  store: Store,
  body: { externalId: string },
  { resource = 'order', connection = 'shop', tenant = 'acme', dependsOn = [], at: now = 1 }: Given = {},
) {
  const key = documentKey(tenant, connection, body.externalId)
  const candidate: DocumentCandidate = {
    ...{ id: documentId(resource, key), resource, key, tenant, connection, dependsOn },
    ...{ externalId: body.externalId, body: { ...body }, hash: contentHash(body) },
    ...{ order: { revision: now, event: now, arrival: now }, receivedAt: now, message: 'm' },
    mapping: { id: 'test', version: 1 },
    deadline: deadlineOf(resource, { ...body }),
  }
  const { document } = await store.documents.upsert(candidate, now)
  await noteOrders(store, document, now)
  return document
}

export const ORDER_ID = documentId('order', documentKey('acme', 'shop', '1'))
