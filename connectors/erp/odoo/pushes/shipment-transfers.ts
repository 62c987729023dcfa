import type { ConnectorContext } from '../../../sdk/index.ts'
import { odooApi } from '../api.ts'
import { externalNames } from '../external-ids.ts'
import { namesOf } from '../find-records.ts'
import { productIds } from '../products.ts'
import type { OrderLink, ShippedLine } from './shipment-body.ts'

/** A transfer of goods to the buyer (stock.picking), with what it moves. */
export interface Transfer {
  id: number
  name: string
  state: string
  /** Short code. */
  warehouse: string
  values: Readonly<Record<string, unknown>>
  moves: readonly Move[]
}

export interface Move {
  id: number
  product: number
  /** Of the sale order. */
  saleLine: number
  /** Units to be moved; of a done one, those that were. */
  units: number
}

/** Units of one article, or of one line of the order. */
export interface Wanted {
  shown: string
  units: number
  fits(move: Move): boolean
}

interface PickingRow {
  id: number
  name: string
  state: string
  picking_type_id: number
  [field: string]: unknown
}

interface MoveRow {
  id: number
  picking_id: number
  product_id: number
  sale_line_id: number | false
  product_uom_qty: number
  quantity: number
  state: string
}

export const OUTGOING = ['outgoing', 'dropship']

/** Every transfer to the buyer that the order has, oldest first; `fields` are read beside what is needed. */
export async function readTransfers(
  order: number,
  fields: readonly string[],
  context: ConnectorContext,
): Promise<Transfer[]> {
  const odoo = odooApi(context)
  const pickings = await odoo.searchRead<PickingRow>('stock.picking', {
    domain: [
      ['sale_id', '=', order],
      ['picking_type_id.code', 'in', OUTGOING],
    ],
    fields: ['name', 'state', 'picking_type_id', ...fields],
    order: 'id',
  })
  const [moves, warehouses] = await Promise.all([
    movesOf(
      pickings.map(({ id }) => id),
      context,
    ),
    warehousesOf(pickings, context),
  ])
  return pickings.map(row => ({
    ...{ id: row.id, name: row.name, state: row.state, values: row },
    warehouse: warehouses.get(row.picking_type_id) ?? '',
    moves: moves.filter(move => move.picking_id === row.id).map(moveOf),
  }))
}

const moveOf = ({ id, product_id, sale_line_id, state, quantity, product_uom_qty }: MoveRow): Move => ({
  ...{ id, product: product_id, saleLine: sale_line_id || 0 },
  units: state === 'done' ? quantity : product_uom_qty,
})

async function movesOf(pickings: readonly number[], context: ConnectorContext): Promise<MoveRow[]> {
  if (pickings.length === 0) return []
  return odooApi(context).searchRead<MoveRow>('stock.move', {
    domain: [
      ['picking_id', 'in', pickings],
      ['state', '!=', 'cancel'],
    ],
    fields: ['picking_id', 'product_id', 'sale_line_id', 'product_uom_qty', 'quantity', 'state'],
    order: 'id',
  })
}

/** Short code of the warehouse by type of operation. */
async function warehousesOf(
  pickings: readonly PickingRow[],
  context: ConnectorContext,
): Promise<ReadonlyMap<number, string>> {
  if (pickings.length === 0) return new Map()
  const odoo = odooApi(context)
  const types = await odoo.searchRead<{ id: number; warehouse_id: number }>('stock.picking.type', {
    ...{ domain: [['id', 'in', pickings.map(row => row.picking_type_id)]], fields: ['warehouse_id'] },
  })
  const rows = await odoo.searchRead<{ id: number; code: string }>('stock.warehouse', {
    ...{ domain: [['id', 'in', types.map(({ warehouse_id }) => warehouse_id)]], fields: ['code'] },
  })
  const codes = new Map(rows.map(({ id, code }) => [id, code]))
  return new Map(types.map(({ id, warehouse_id }) => [id, codes.get(warehouse_id) ?? '']))
}

/** What the lines ask for: by line of the order where the id is one that the hub gave, else by article. */
export async function wantedUnits(
  { lines, moves, order }: { lines: readonly ShippedLine[]; moves: readonly Move[]; order: OrderLink },
  context: ConnectorContext,
): Promise<Wanted[]> {
  const ids = [...new Set(moves.map(({ saleLine }) => saleLine))].filter(id => id !== 0)
  const names = new Map(
    [...(await namesOf(odooApi(context), 'sale.order.line', ids))].map(([id, name]) => [name, id]),
  )
  const lineOf = ({ line }: ShippedLine): number | undefined =>
    line === undefined ? undefined : names.get(externalNames.line(order.key, line))
  const bySku = lines.filter(line => lineOf(line) === undefined).map(({ sku }) => sku ?? '')
  const products = await productIds(bySku, context)
  return lines.map(line => {
    const saleLine = lineOf(line)
    const product = products.get(line.sku ?? '')
    return {
      shown: line.sku ?? line.line ?? '',
      units: line.quantity,
      fits: move => (saleLine === undefined ? move.product === product : move.saleLine === saleLine),
    }
  })
}
