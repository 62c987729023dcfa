import type { PolledPage } from '../../../sdk/index.ts'
import { listDocs } from '../api.ts'
import { erpnextSettings } from '../settings.ts'
import { POLLED_DELIVERY_NOTE } from '../topics.ts'
import { type ChangedRow, type PollOf, pollChanged } from './changed.ts'

interface NoteItem {
  parent: string
  name: string
  item_code: string
  qty: number
  against_sales_order?: string
}

type Note = ChangedRow & { items?: NoteItem[] }

const DOCTYPE = 'Delivery Note'
/** Rows of one page of notes; more than that in a hundred notes is asked for in parts. */
const SIZE = 1_000

/** Deliveries, submitted or cancelled, with their rows: two lists a page. */
export const pollDeliveryNotes = (of: PollOf): AsyncIterable<PolledPage> =>
  pollChanged<Note>(of, {
    ...{ topic: POLLED_DELIVERY_NOTE, doctype: DOCTYPE },
    fields: ['docstatus', 'posting_date', 'lr_no', 'transporter_name', 'set_warehouse', 'creation'],
    filters: [
      ['company', '=', erpnextSettings(of.context.connection).company],
      ['is_return', '=', 0],
      ['docstatus', 'in', [1, 2]],
    ],
    async complete(notes) {
      const items = await itemsOf(of, notes)
      return notes.map(note => ({ ...note, items: items.filter(({ parent }) => parent === note.name) }))
    },
  })

async function itemsOf({ api }: PollOf, notes: readonly Note[]): Promise<NoteItem[]> {
  const rows: NoteItem[] = []
  for (let more = notes.length > 0; more; ) {
    const page = await listDocs<NoteItem>(api, 'Delivery Note Item', {
      filters: [['parent', 'in', notes.map(({ name }) => name)]],
      fields: ['parent', 'name', 'item_code', 'item_name', 'qty', 'against_sales_order', 'warehouse'],
      ...{ orderBy: 'parent asc, idx asc', start: rows.length, limit: SIZE, parent: DOCTYPE },
    })
    rows.push(...page)
    more = page.length === SIZE
  }
  return rows
}
