import type { StoredDocument, WantedDelivery } from '../contracts/store.ts'

/** Which destinations should hold a document now. */
export type PlanDeliveries = (document: StoredDocument) => Promise<WantedDelivery[]>
