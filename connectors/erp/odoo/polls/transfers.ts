import type { ConnectorContext, PolledPage } from '../../../sdk/index.ts'
import { odooApi } from '../api.ts'
import { namesOf } from '../find-records.ts'
import { OUTGOING } from '../pushes/shipment-transfers.ts'
import { POLLED_TRANSFER } from '../topics.ts'
import {
  type ChangedRow,
  changedIn,
  instantOf,
  latest,
  type PollOf,
  pollChanged,
  type Window,
} from './changed.ts'

const SIZE = 100

interface PickingRow extends Record<string, unknown> {
  id: number
  sale_id: number
  picking_type_id: number
  carrier_id: number | false
  date_done: string | false
  create_date: string
  write_date: string
}

interface MoveRow {
  id: number
  picking_id: number
  product_id: number
  quantity: number
  product_uom_qty: number
  write_date: string
}

const FIELDS = [
  ...['name', 'state', 'sale_id', 'picking_type_id', 'carrier_id', 'carrier_tracking_ref', 'origin'],
  ...['date_done', 'create_date', 'write_date'],
]
const MOVE_FIELDS = ['picking_id', 'product_id', 'quantity', 'product_uom_qty', 'write_date']

/**
 * Deliveries of sale orders from the moment that Odoo has made them: which warehouse is to send what, then that it has left.
 * `hub_order`: the hub wrote the order; `hub_shipment`: the hub told Odoo of the shipment.
 */
export const pollTransfers = (of: PollOf): AsyncIterable<PolledPage> =>
  pollChanged<ChangedRow>(of, { topic: POLLED_TRANSFER, read: window => read(window, of) })

async function read(
  window: Window,
  { context }: PollOf,
): Promise<{ rows: ChangedRow[]; last: number | null }> {
  const odoo = odooApi(context)
  const pickings = await odoo.searchRead<PickingRow>('stock.picking', {
    domain: [
      ...changedIn(window, 'move_ids'),
      ['picking_type_id.code', 'in', OUTGOING],
      ['sale_id', '!=', false],
      ['state', '!=', 'draft'],
    ],
    ...{ fields: FIELDS, order: 'id', limit: SIZE },
  })
  const rows = pickings.length === 0 ? [] : await completed(pickings, context)
  return { rows, last: pickings.length === SIZE ? pickings.at(-1)!.id : null }
}

async function completed(pickings: readonly PickingRow[], context: ConnectorContext): Promise<ChangedRow[]> {
  const odoo = odooApi(context)
  const ids = pickings.map(({ id }) => id)
  const orders = [...new Set(pickings.map(({ sale_id }) => sale_id))]
  const moves = await odoo.searchRead<MoveRow>('stock.move', {
    ...{ domain: [['picking_id', 'in', ids]], fields: MOVE_FIELDS, order: 'id' },
  })
  const [products, warehouses, carriers, ourOrders, ours] = await Promise.all([
    named(
      context,
      'product.product',
      moves.map(({ product_id }) => product_id),
      ['default_code', 'name'],
    ),
    warehousesOf(context, pickings),
    named(
      context,
      'delivery.carrier',
      pickings.flatMap(({ carrier_id }) => carrier_id || []),
      ['name'],
    ),
    namesOf(odoo, 'sale.order', orders),
    namesOf(odoo, 'stock.picking', ids),
  ])
  return pickings.map(({ date_done, create_date, write_date, ...row }) => {
    const own = moves.filter(({ picking_id }) => picking_id === row.id)
    return {
      ...row,
      carrier: carriers.get(row.carrier_id || 0)?.['name'] ?? null,
      warehouse: warehouses.get(row.picking_type_id) ?? null,
      ...{ done_at: instantOf(date_done), created_at: instantOf(create_date) },
      hub_order: ourOrders.has(row.sale_id),
      hub_shipment: ours.has(row.id),
      moves: own.map(({ write_date: _, picking_id: __, ...move }) => ({
        ...move,
        ...products.get(move.product_id),
        id: move.id,
      })),
      changed_at: latest(write_date, ...own.map(move => move.write_date)),
    }
  })
}

type Named = Record<string, unknown> & { id: number }

async function named(
  context: ConnectorContext,
  model: string,
  ids: readonly number[],
  fields: readonly string[],
): Promise<ReadonlyMap<number, Named>> {
  if (ids.length === 0) return new Map()
  const rows = await odooApi(context).searchRead<Named>(model, {
    ...{ domain: [['id', 'in', [...new Set(ids)]]], fields, context: { active_test: false } },
  })
  return new Map(rows.map(row => [row.id, row]))
}

/** By type of operation. */
async function warehousesOf(
  context: ConnectorContext,
  pickings: readonly PickingRow[],
): Promise<ReadonlyMap<number, Named>> {
  const types = await named(
    context,
    'stock.picking.type',
    pickings.map(row => row.picking_type_id),
    ['warehouse_id'],
  )
  const warehouses = await named(
    context,
    'stock.warehouse',
    [...types.values()].map(row => Number(row['warehouse_id'])),
    ['code', 'name'],
  )
  return new Map(
    [...types].flatMap(([id, row]) => {
      const warehouse = warehouses.get(Number(row['warehouse_id']))
      return warehouse ? [[id, warehouse] as const] : []
    }),
  )
}
