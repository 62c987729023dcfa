import { type Database, type Row, userError, type Values } from './database.ts'

const round = (amount: number): number => Math.round((amount + Number.EPSILON) * 100) / 100

/** Sale orders with their amounts and states, as far as a hub sees them. */
export class Sales {
  readonly #database: Database
  readonly #now: () => number
  /** How often each order was written. */
  readonly writes = new Map<number, number>()

  constructor(database: Database, now: () => number) {
    this.#database = database
    this.#now = now
  }

  /** What `load` and `write` do to one record. */
  write(model: string, { id }: { id: number | null }, values: Values): number {
    const row =
      id === null ? this.#create(model, values) : Object.assign(this.#database.get(model, id), values)
    if (model === 'res.partner')
      row['email_normalized'] = row['email'] ? String(row['email']).toLowerCase() : false
    const order = model === 'sale.order' ? row.id : model === 'sale.order.line' ? row['order_id'] : null
    if (order !== null) this.#changed(Number(order))
    return row.id
  }

  #create(model: string, values: Values): Row {
    const order = { state: 'draft', order_line: [], amount_total: 0, picking_ids: [] }
    if (model === 'sale.order') return this.#database.create(model, { ...order, ...values })
    if (model !== 'sale.order.line') return this.#database.create(model, { type: 'contact', ...values })
    const line = this.#database.create(model, { qty_delivered: 0, qty_invoiced: 0, ...values })
    ;(this.#database.get('sale.order', values['order_id'])['order_line'] as number[]).push(line.id)
    return line
  }

  #changed(id: number): void {
    this.writes.set(id, (this.writes.get(id) ?? 0) + 1)
    const order = this.#database.get('sale.order', id)
    const lines = this.lines(id)
    const taxes = new Map<number, number>()
    let untaxed = 0
    for (const line of lines) untaxed += this.#untaxed(line, taxes)
    const tax = [...taxes.values()].reduce((sum, amount) => sum + round(amount), 0)
    Object.assign(order, { amount_tax: round(tax), amount_total: round(untaxed + tax) })
  }

  /** Rounded globally, per tax, as a new company of Odoo does. */
  #untaxed(line: Row, taxes: Map<number, number>): number {
    const amount = round(Number(line['product_uom_qty']) * round(Number(line['price_unit'])))
    const rows = ((line['tax_ids'] || []) as number[]).map(id => this.#database.get('account.tax', id))
    const inside = rows
      .filter(row => row['price_include'])
      .reduce((sum, row) => sum + Number(row['amount']), 0)
    const base = amount / (1 + inside / 100)
    for (const row of rows) taxes.set(row.id, (taxes.get(row.id) ?? 0) + (base * Number(row['amount'])) / 100)
    return rows.some(row => row['price_include']) ? amount - round(amount - base) : amount
  }

  lines(order: number): Row[] {
    return (this.#database.get('sale.order', order)['order_line'] as number[]).map(id =>
      this.#database.get('sale.order.line', id),
    )
  }

  /** All or none: one call is one transaction. */
  confirm(ids: readonly number[]): true {
    const orders = ids.map(id => this.#database.get('sale.order', id))
    for (const order of orders)
      if (order['state'] !== 'draft')
        throw userError(
          'Some orders are not in a state requiring confirmation: the order is not a quotation.',
        )
    for (const order of orders) {
      order['state'] = 'sale'
      order['date_order'] = new Date(this.#now()).toISOString().slice(0, 19).replace('T', ' ')
      this.writes.set(order.id, (this.writes.get(order.id) ?? 0) + 1)
    }
    return true
  }

  cancel(ids: readonly number[]): true {
    for (const id of ids) {
      this.#database.get('sale.order', id)['state'] = 'cancel'
      this.writes.set(id, (this.writes.get(id) ?? 0) + 1)
    }
    return true
  }
}
