import type { Resource } from '../../sdk/index.ts'

/** Events that tell of trackers; all others (batches, labels, refunds of postage, insurance) are stored and skipped. */
export const WEBHOOK_TOPICS = {
  'tracker.created': 'shipment',
  'tracker.updated': 'shipment',
} as const satisfies Record<string, Resource>

/** What the hub asks for itself. */
export const POLLED_TRACKER = 'polled/tracker'
