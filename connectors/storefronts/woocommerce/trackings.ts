import { createHash } from 'node:crypto'

/** Where the Shipment Tracking extension (and those that imitate it) keep the parcels of an order. */
export const TRACKINGS_KEY = '_wc_shipment_tracking_items'

export interface Tracking {
  tracking_id: string
  tracking_number: string
  /** Slug of a carrier that the extension knows, else empty. */
  tracking_provider?: string | null
  custom_tracking_provider?: string | null
  custom_tracking_link?: string | null
  /** Epoch seconds as text. */
  date_shipped?: string | null
}

export interface MetaItem {
  id?: number
  key: string
  value: unknown
}

/** Value of a meta entry; WordPress allows several of one key, the last one counts. */
export function metaOf(metaData: unknown, key: string): unknown {
  const items = Array.isArray(metaData) ? (metaData as MetaItem[]) : []
  return items.findLast(item => item?.key === key)?.value
}

/** All trackings of an order; some plugins keep an object with numbers as names. */
export function trackingsIn(metaData: unknown): Tracking[] {
  const value = metaOf(metaData, TRACKINGS_KEY)
  return typeof value === 'object' && value !== null ? (Object.values(value) as Tracking[]) : []
}

/** Ids of trackings that the hub wrote: the shipment mapping knows them by it. */
export const OURS = 'crossdock-'

/** The same for every try of one parcel. */
export const trackingIdOf = (key: string, number: string): string =>
  `${OURS}${createHash('sha256').update(`${key}|${number}`).digest('hex').slice(0, 32)}`
