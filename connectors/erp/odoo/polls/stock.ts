import type { ConnectorContext, PolledPage } from '../../../sdk/index.ts'
import { odooApi } from '../api.ts'
import { masterData } from '../master-data.ts'
import { POLLED_STOCK } from '../topics.ts'
import { type ChangedRow, latest, type PollOf, pollChanged, type Window } from './changed.ts'

const SIZE = 200

interface Figures {
  id: number
  default_code: string | false
  barcode: string | false
  qty_available: number
  free_qty: number
  incoming_qty: number
}

interface Group {
  product_id: [number, string]
  'write_date:max': string | false
}

/**
 * Stock of each article in each warehouse: what is there, what nobody has reserved, what is expected. Odoo computes it; an
 * article has news where a quantity in a place (stock.quant) or a movement (stock.move) changed.
 */
export const pollStock = (of: PollOf): AsyncIterable<PolledPage> =>
  pollChanged<ChangedRow>(of, { topic: POLLED_STOCK, read: window => read(window, of) })

async function read(
  window: Window,
  { context }: PollOf,
): Promise<{ rows: ChangedRow[]; last: number | null }> {
  const ids = window.from === null ? await storable(window, context) : await moved(window, context)
  const page = ids.filter(id => id > window.after).slice(0, SIZE)
  if (page.length === 0) return { rows: [], last: null }
  const times = await changes([['product_id', 'in', page]], context)
  const { warehouses } = await masterData(context)
  const figures = await Promise.all(warehouses.map(({ id }) => figuresIn(id, page, context)))
  const rows = warehouses.flatMap((warehouse, index) =>
    figures[index]!.map(({ id, ...product }) => ({
      ...product,
      ...{ id: `${id}@${warehouse.code}`, product_id: id, warehouse },
      changed_at: latest(times.get(id)),
    })),
  )
  return { rows, last: page.length === SIZE ? page.at(-1)! : null }
}

const ofWarehouses = (path: string) => [[`${path}.warehouse_id`, '!=', false]]

async function storable({ after }: Window, context: ConnectorContext): Promise<number[]> {
  const rows = await odooApi(context).searchRead<{ id: number }>('product.product', {
    domain: [
      ['is_storable', '=', true],
      ['id', '>', after],
    ],
    ...{ fields: [], order: 'id', limit: SIZE },
  })
  return rows.map(({ id }) => id)
}

async function moved({ from, until }: Window, context: ConnectorContext): Promise<number[]> {
  const changed = await changes(
    [
      ['product_id.is_storable', '=', true],
      ['write_date', '>=', from],
      ['write_date', '<=', until],
    ],
    context,
  )
  return [...changed.keys()].sort((a, b) => a - b)
}

/** Article → when its stock last changed, over the quantities and movements that fit. */
async function changes(
  domain: readonly unknown[],
  context: ConnectorContext,
): Promise<ReadonlyMap<number, string>> {
  const odoo = odooApi(context)
  const grouped = (model: string, more: readonly unknown[]) =>
    odoo.call<Group[]>(model, 'formatted_read_group', {
      ...{ domain: [...domain, ...more], groupby: ['product_id'], aggregates: ['write_date:max'] },
    })
  const [quants, moves] = await Promise.all([
    grouped('stock.quant', ofWarehouses('location_id')),
    grouped('stock.move', []),
  ])
  const times = new Map<number, string>()
  for (const {
    product_id: [id],
    'write_date:max': at,
  } of [...quants, ...moves])
    if (at && at > (times.get(id) ?? '')) times.set(id, at)
  return times
}

const figuresIn = (
  warehouse: number,
  ids: readonly number[],
  context: ConnectorContext,
): Promise<Figures[]> =>
  odooApi(context).call<Figures[]>('product.product', 'read', {
    ids,
    fields: ['default_code', 'barcode', 'qty_available', 'free_qty', 'incoming_qty'],
    context: { warehouse_id: warehouse },
  })
