import type { Resource } from '../../sdk/index.ts'

/** Transaction sets that become documents. A 944 tells of goods that arrived at the warehouse: a shipment to us. */
export const TOPICS: Readonly<Record<string, Resource>> = {
  '846': 'inventory',
  '850': 'order',
  '856': 'shipment',
  '944': 'shipment',
  '945': 'shipment',
}

/** The partner’s word on an interchange of ours. */
export const ACKNOWLEDGEMENT_TA1 = 'TA1'

/** Numbers that a partner left out. Made by the poll; a dead letter until they have come. */
export const CONTROL_GAP = 'control-gap'

/** A group of ours that nobody acknowledged in time. Made by the poll. */
export const ACKNOWLEDGEMENT_MISSING = 'acknowledgement-missing'

/** A file that is no X12. */
export const UNREADABLE = 'unreadable'
