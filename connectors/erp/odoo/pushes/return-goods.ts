import { type ConnectorContext, HubError, type PushOperation } from '../../../sdk/index.ts'
import { odooApi } from '../api.ts'
import { digestOf, qualified } from '../external-ids.ts'
import { findRecords } from '../find-records.ts'
import { cellsOf } from '../orders/cells.ts'
import { odooSettings } from '../settings.ts'
import type { Matched } from './return-lines.ts'
import { validate } from './shipment-validate.ts'

interface DoneMove {
  id: number
  picking_id: number
  product_id: number
  product_uom: number
  sale_line_id: number
  location_id: number
  location_dest_id: number
  origin_returned_move_id: number | false
  picking_type_id: number
  quantity: number
  state: string
}

/** Units of a delivered move that come back. */
interface Back {
  move: DoneMove
  units: number
}

export interface Goods {
  order: number
  partner: number
  lines: readonly Matched[]
  /** Columns of stock.picking. */
  columns: Readonly<Record<string, unknown>>
}

const FIELDS = [
  ...['picking_id', 'product_id', 'product_uom', 'sale_line_id', 'location_id', 'location_dest_id'],
  ...['origin_returned_move_id', 'picking_type_id', 'quantity', 'state'],
]

const nameOf = (key: string): string => `return_${digestOf(key)}`

/** The transfer that the return has made before; null: none. */
export async function findReturn(key: string, context: ConnectorContext): Promise<number | null> {
  const name = nameOf(key)
  return (await findRecords(odooApi(context), 'stock.picking', [name])).get(name) ?? null
}

/**
 * Takes goods back: one transfer under an external id made of the key, as Odoo's return dialogue would make it. The
 * dialogue itself makes a second one when its answer is lost.
 */
export async function takeBack(
  goods: Goods,
  operation: PushOperation,
  context: ConnectorContext,
): Promise<number> {
  const known = await findReturn(operation.key, context)
  const id = known ?? (await make(goods, operation, context))
  if (odooSettings(context.connection).validateReturns) await receive(id, operation, context)
  return id
}

async function make(goods: Goods, operation: PushOperation, context: ConnectorContext): Promise<number> {
  const odoo = odooApi(context)
  const backs = backOf(goods.lines, await movesOf(goods.order, context))
  const [first] = backs
  const [type] = await odoo.searchRead<{ return_picking_type_id: number | false }>('stock.picking.type', {
    domain: [['id', '=', first!.move.picking_type_id]],
    fields: ['return_picking_type_id'],
  })
  const record = {
    id: qualified(nameOf(operation.key)),
    'picking_type_id/.id': String(type?.return_picking_type_id || first!.move.picking_type_id),
    'location_id/.id': String(first!.move.location_dest_id),
    'location_dest_id/.id': String(first!.move.location_id),
    'partner_id/.id': String(goods.partner),
    'return_id/.id': String(first!.move.picking_id),
    ...cellsOf(goods.columns),
  }
  const lines = backs.map(back => lineOf(operation.key, back))
  const rows = lines.map((line, index) => [
    ...Object.values(record).map(cell => (index === 0 ? cell : '')),
    ...Object.values(line),
  ])
  operation.sending()
  const [id] = await odoo.load('stock.picking', {
    fields: [...Object.keys(record), ...Object.keys(lines[0]!)],
    rows,
  })
  return id!
}

function lineOf(key: string, { move, units }: Back): Record<string, string> {
  return {
    'move_ids/id': qualified(`${nameOf(key)}_${move.id}`),
    'move_ids/product_id/.id': String(move.product_id),
    'move_ids/product_uom_qty': String(units),
    'move_ids/product_uom/.id': String(move.product_uom),
    'move_ids/location_id/.id': String(move.location_dest_id),
    'move_ids/location_dest_id/.id': String(move.location_id),
    'move_ids/origin_returned_move_id/.id': String(move.id),
    // The order counts less delivered.
    'move_ids/to_refund': 'True',
    'move_ids/sale_line_id/.id': String(move.sale_line_id),
  }
}

async function movesOf(order: number, context: ConnectorContext): Promise<DoneMove[]> {
  return odooApi(context).searchRead<DoneMove>('stock.move', {
    domain: [
      ['sale_line_id.order_id', '=', order],
      ['state', '!=', 'cancel'],
    ],
    fields: FIELDS,
    order: 'id',
  })
}

/** Of what was delivered and has not come back yet. */
function backOf(lines: readonly Matched[], moves: readonly DoneMove[]): Back[] {
  const left = new Map(
    moves
      .filter(({ state, origin_returned_move_id: origin }) => state === 'done' && !origin)
      .map(move => [move, move.quantity - returnedOf(move, moves)]),
  )
  const units = new Map<DoneMove, number>()
  for (const line of lines) {
    let open = line.quantity
    for (const [move, most] of left) {
      const some = line.sold?.id === move.sale_line_id ? Math.min(open, most) : 0
      if (some <= 0) continue
      left.set(move, most - some)
      units.set(move, (units.get(move) ?? 0) + some)
      open -= some
    }
    if (open > 0) throw tooMany(line, open)
  }
  return [...units].map(([move, count]) => ({ move, units: count }))
}

const returnedOf = ({ id }: DoneMove, moves: readonly DoneMove[]): number =>
  moves.filter(move => move.origin_returned_move_id === id).reduce((sum, { quantity }) => sum + quantity, 0)

const tooMany = ({ sku, name, line }: Matched, units: number): HubError =>
  new HubError('PARTNER_REFUSED', {
    detail: `More came back than Odoo has delivered: ${units} × “${sku ?? name ?? line ?? ''}”.`,
    fingerprint: 'odoo more than delivered',
  })

/** All of it is there: what was loaded is counted and validated. */
async function receive(id: number, operation: PushOperation, context: ConnectorContext): Promise<void> {
  const odoo = odooApi(context)
  const [transfer] = await odoo.searchRead<{ state: string }>('stock.picking', {
    ...{ domain: [['id', '=', id]], fields: ['state'] },
  })
  if (transfer?.state === 'done' || transfer?.state === 'cancel') return
  const moves = await odoo.searchRead<{ id: number; product_uom_qty: number }>('stock.move', {
    ...{ domain: [['picking_id', '=', id]], fields: ['product_uom_qty'] },
  })
  operation.sending()
  await odoo.call('stock.picking', 'write', {
    ids: [id],
    vals: { move_ids: moves.map(move => [1, move.id, { quantity: move.product_uom_qty, picked: true }]) },
  })
  await validate([id], operation, context)
}
