import type { StoredDocument } from '#core/contracts/store.ts'

/** What an ERP tells of the stock of one item, as it is stored. */
export function countDocument(sku: string, available: number, now: number): StoredDocument {
  return {
    ...{ id: `inventory:acme:acme-erp:${sku}`, resource: 'inventory', key: `acme:acme-erp:${sku}` },
    ...{ tenant: 'acme', connection: 'acme-erp', externalId: sku, hash: '', message: '', dependsOn: [] },
    body: { externalId: sku, channel: 'rest-erp', sku, location: {}, available },
    order: { revision: now, event: now, arrival: now },
    mapping: { id: 'test', version: 1 },
    ...{ revision: 1, receivedAt: now, createdAt: now, updatedAt: now },
  }
}
