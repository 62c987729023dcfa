import type { MetaItem } from '../trackings.ts'

/** What the simulator keeps of an order: its own shape, written after the vendor’s documentation. */
export interface SimOrder {
  id: number
  status: string
  date_modified_gmt: string
  line_items: { id: number; sku: string; quantity: number }[]
  meta_data: MetaItem[]
  refunds: { id: number; reason: string; total: string }[]
  [member: string]: unknown
}

export interface SimProduct {
  id: number
  parent_id: number
  type: 'simple' | 'variable' | 'variation'
  sku: string
  manage_stock: boolean | 'parent'
  stock_quantity: number | null
  date_modified_gmt: string
  [member: string]: unknown
}

export interface SimWebhook {
  id: number
  name: string
  status: 'active' | 'paused' | 'disabled'
  topic: string
  delivery_url: string
  /** Never shown. */
  secret: string
  failure_count: number
}

export type Random = () => number

/** The shop’s clock is two hours ahead of UTC, all the year. */
const AHEAD_MS = 2 * 3_600_000

export const gmt = (ms: number): string => new Date(ms).toISOString().slice(0, 19)
export const local = (ms: number): string => gmt(ms + AHEAD_MS)

/** A pair of times as WooCommerce writes them. */
export const times = (name: string, ms: number | null): Record<string, string | null> => ({
  [`date_${name}`]: ms === null ? null : local(ms),
  [`date_${name}_gmt`]: ms === null ? null : gmt(ms),
})
