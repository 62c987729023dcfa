import type { Shelf } from './shelf.ts'

/** A simulated channel: sells, changes and cancels, and tells of it as that channel does. */
export interface Channel {
  /** Of its connection. */
  readonly id: string
  /** As it is declared to the hub. */
  readonly declared: Record<string, unknown>
  /** Articles that it sells. */
  readonly skus: readonly string[]
  readonly shelf: Shelf
  /** What fails is sent again; without it, it is lost. */
  readonly repeats: boolean
  /** It tells nothing: it has to be asked. */
  readonly isQuiet: boolean
  /** One more order; its id. */
  sell(): string
  /** Something about the order is another. */
  change(id: string): void
  cancel(id: string): void
  /** The webhook of the order as it stands now; null: the hub has to ask. */
  tell(id: string, event: 'created' | 'updated'): Webhook | null
  /** What each order has to be in the ERP, by the channel's own record. */
  sold(): Sold[]
  close(): Promise<void>
}

export interface Webhook {
  headers: Record<string, string>
  body: Buffer
}

/** One order as the channel shows it. Amounts in hundredths. */
export interface Sold {
  channel: string
  id: string
  reference: string
  currency: string
  total: number
  cancelled: boolean
  name: string
  email: string
  /** Articles that are still wanted; the price of one as the buyer of that channel sees it. */
  lines: SoldLine[]
}

export interface SoldLine {
  sku: string
  quantity: number
  price: number
}

export const hundredths = (amount: string | number): number => Math.round(Number(amount) * 100)
