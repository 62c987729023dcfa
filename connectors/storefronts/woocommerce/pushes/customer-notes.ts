import type { Tracking } from '../trackings.ts'
import type { WooApi } from '../woo-api.ts'

interface Note {
  note: string
  customer_note: boolean
}

/** Notes that are still to be written: a number that stands in a note already has been mailed. */
export async function notesFor(
  api: WooApi,
  orderId: number,
  trackings: readonly Tracking[],
): Promise<Note[]> {
  if (trackings.length === 0) return []
  // This list has no pages: it is always whole.
  const { items: written } = await api.page<Note>(`/orders/${orderId}/notes`)
  return trackings
    .filter(({ tracking_number: number }) => !written.some(({ note }) => note.includes(number)))
    .map(tracking => ({ note: sentenceOf(tracking), customer_note: true }))
}

const sentenceOf = (of: Tracking): string =>
  [
    [of.custom_tracking_provider || of.tracking_provider?.toUpperCase(), of.tracking_number]
      .filter(Boolean)
      .join(' '),
    of.custom_tracking_link,
  ]
    .filter(Boolean)
    .join(': ')
