import { type Database, type Row, userError, type Values } from './database.ts'
import type { Sales } from './sales.ts'

const round = (amount: number): number => Math.round((amount + Number.EPSILON) * 100) / 100

const DEFAULTS: Readonly<Record<string, Values>> = {
  'stock.picking': { state: 'draft', carrier_tracking_ref: false, backorder_id: false },
  'stock.move': { state: 'draft', quantity: 0, picked: false },
  'account.move': { state: 'draft', amount_total: 0 },
}

/** Odoo's form. */
export const timeText = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ')

/** Transfers with their moves and back-orders, credit notes with their totals; everything else is the sales'. */
export class Goods {
  readonly #database: Database
  readonly #sales: Sales
  readonly #now: () => number

  constructor(database: Database, sales: Sales, now: () => number) {
    this.#database = database
    this.#sales = sales
    this.#now = now
  }

  write(model: string, { id }: { id: number | null }, values: Values): number {
    const { move_ids: moves = [], ...own } = values
    const written = this.#sales.write(model, { id }, { ...(id === null ? DEFAULTS[model] : {}), ...own })
    const row = this.#database.get(model, written)
    row['write_date'] = timeText(this.#now())
    for (const [, move, change] of moves as [number, number, Values][])
      Object.assign(this.#database.get('stock.move', move), change)
    if (model === 'account.move.line') this.#total(Number(row['move_id']))
    return written
  }

  /** What is picked leaves; a back-order takes the rest. One that is done stays so. */
  validate(ids: readonly number[]): true {
    for (const id of ids) {
      const picking = this.#database.get('stock.picking', id)
      if (picking['state'] === 'done') continue
      if (picking['state'] === 'cancel') throw userError('You cannot validate a cancelled transfer.')
      this.#transfer(picking)
    }
    return true
  }

  #transfer(picking: Row): void {
    const moves = this.#database.search('stock.move', [['picking_id', '=', picking.id]])
    const picked = moves.filter(move => move['picked'])
    const rest = moves.filter(move => !picked.includes(move))
    const short = picked.filter(move => Number(move['quantity']) < Number(move['product_uom_qty']))
    if (rest.length + short.length > 0) this.#backOrder(picking, { rest, short })
    for (const move of picked) this.#done(move, picking)
    Object.assign(picking, {
      state: 'done',
      date_done: timeText(this.#now()),
      write_date: timeText(this.#now()),
    })
  }

  #backOrder({ id: backorder_id, ...picking }: Row, { rest, short }: { rest: Row[]; short: Row[] }): void {
    const left = { ...picking, state: 'assigned', carrier_tracking_ref: false, backorder_id }
    const { id: picking_id } = this.#database.create('stock.picking', left)
    for (const move of rest) move['picking_id'] = picking_id
    for (const { id: _, ...move } of short) {
      const quantity = Number(move['product_uom_qty']) - Number(move['quantity'])
      this.#database.create('stock.move', {
        ...{ ...move, picking_id, quantity, product_uom_qty: quantity, picked: false, state: 'assigned' },
      })
    }
  }

  #done(move: Row, picking: Row): void {
    Object.assign(move, {
      state: 'done',
      product_uom_qty: move['quantity'],
      write_date: timeText(this.#now()),
    })
    const line = this.#database.table('sale.order.line').get(Number(move['sale_line_id']))
    const sign = picking['return_id'] ? -1 : 1
    if (line) line['qty_delivered'] = Number(line['qty_delivered']) + sign * Number(move['quantity'])
  }

  post(ids: readonly number[]): false {
    for (const id of ids) {
      const note = this.#database.get('account.move', id)
      if (note['state'] !== 'draft') throw userError(`The entry ${id} must be in draft.`)
      note['state'] = 'posted'
    }
    return false
  }

  #total(id: number): void {
    const lines = this.#database.search('account.move.line', [['move_id', '=', id]])
    const totals = lines.map(line => {
      const taxes = ((line['tax_ids'] || []) as number[]).map(tax => this.#database.get('account.tax', tax))
      const onTop = taxes
        .filter(tax => !tax['price_include'])
        .reduce((sum, tax) => sum + Number(tax['amount']), 0)
      return round(Number(line['quantity']) * Number(line['price_unit'])) * (1 + onTop / 100)
    })
    this.#database.get('account.move', id)['amount_total'] = round(totals.reduce((sum, one) => sum + one, 0))
  }
}
