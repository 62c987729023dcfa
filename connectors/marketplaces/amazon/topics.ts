import type { Resource } from '../../sdk/index.ts'

/** Orders as each API version gives them; notifications and polls lead to the same two mappings. */
export const ORDER_TOPIC = { '2026-01-01': 'orders/2026-01-01', v0: 'orders/v0' } as const
export const FBA_SUMMARY = 'fba/summary'
export const SETTLEMENT = 'reports/settlement'
export const EXTERNAL_RETURN = 'external-fulfilment/return'

/** What Amazon is asked to notify of, the payload version that we read, and what becomes of it. */
export const NOTIFICATIONS = {
  ORDER_CHANGE: { payloadVersion: '1.0', resource: 'order' },
  FBA_INVENTORY_AVAILABILITY_CHANGES: { payloadVersion: '1.0', resource: 'inventory' },
  LISTINGS_ITEM_MFN_QUANTITY_CHANGE: { payloadVersion: '1.0', resource: 'inventory' },
  ITEM_INVENTORY_EVENT_CHANGE: { payloadVersion: '2020-09-04', resource: 'inventory' },
  FULFILLMENT_ORDER_STATUS: { payloadVersion: '1.0', resource: 'shipment' },
  SHIPMENT_TRACKING_MILESTONE_CHANGED: { payloadVersion: '2026-01-30', resource: 'shipment' },
  REPORT_PROCESSING_FINISHED: { payloadVersion: '2020-09-04', resource: 'settlement' },
} as const satisfies Record<string, { payloadVersion: string; resource: Resource }>

export type NotificationType = keyof typeof NOTIFICATIONS

export const TOPICS: Readonly<Record<string, Resource>> = {
  ...Object.fromEntries(Object.entries(NOTIFICATIONS).map(([type, { resource }]) => [type, resource])),
  [ORDER_TOPIC['2026-01-01']]: 'order',
  [ORDER_TOPIC.v0]: 'order',
  [FBA_SUMMARY]: 'inventory',
  [SETTLEMENT]: 'settlement',
  [EXTERNAL_RETURN]: 'return',
}
