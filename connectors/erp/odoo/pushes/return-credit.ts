import {
  type ConnectorContext,
  formatScaled,
  HubError,
  type PushOperation,
  toScaled,
} from '../../../sdk/index.ts'
import { odooApi } from '../api.ts'
import { digestOf, qualified } from '../external-ids.ts'
import { findRecords } from '../find-records.ts'
import { invoice, invoicesOf } from '../invoices.ts'
import { type MasterData, masterData, missing } from '../master-data.ts'
import { roundTo, shown, sizeOf, withoutTax } from '../orders/amounts.ts'
import { cellsOf } from '../orders/cells.ts'
import { productIds } from '../products.ts'
import { odooSettings } from '../settings.ts'
import type { ReturnBody } from './return-body.ts'
import { type CreditLine, priced } from './return-credit-lines.ts'
import type { SoldOrder } from './return-lines.ts'

export interface Credit {
  body: ReturnBody
  sold: SoldOrder
  lines: readonly CreditLine[]
}

interface Row {
  id: string
  product: number
  name: string
  quantity: number
  price: string
  taxes: readonly number[]
  saleLine: number | null
}

interface Note {
  id: number
  state: string
  amount_total: number
}

const nameOf = (key: string): string => `credit_${digestOf(key)}`

/** The credit note that the return has made before; null: none. */
export async function findCredit(key: string, context: ConnectorContext): Promise<Note | null> {
  const name = nameOf(key)
  const odoo = odooApi(context)
  const id = (await findRecords(odoo, 'account.move', [name])).get(name)
  if (id === undefined) return null
  const [note] = await odoo.searchRead<Note>('account.move', {
    ...{ domain: [['id', '=', id]], fields: ['state', 'amount_total'] },
  })
  return note ?? null
}

/**
 * A credit note over exactly what was paid back, under an external id made of the key; of the order's invoice where it has
 * one. Posted when its total is the channel's to the cent; until then it is a draft, and parks with both totals.
 */
export async function giveCredit(
  credit: Credit,
  operation: PushOperation,
  context: ConnectorContext,
): Promise<number> {
  const known = await findCredit(operation.key, context)
  if (known && known.state !== 'draft') return keep(known, credit)
  if (known) await discard(known, operation, context)
  await invoice({ order: credit.sold.id, when: 'credited', operation }, context)
  const rows = await rowsOf(credit.lines, { credit, context })
  const made = await load(rows, credit, { operation, context })
  await settleNote(made, { rows, credit, operation, context })
  operation.sending()
  await odooApi(context).call('account.move', 'action_post', { ids: [made.id] })
  return made.id
}

/** A draft of an attempt that was parked or interrupted: its lines may be others than today's. */
async function discard({ id }: Note, { sending }: PushOperation, context: ConnectorContext): Promise<void> {
  sending()
  await odooApi(context).call('account.move', 'unlink', { ids: [id] })
}

/** What is posted stays; another amount is a matter for a person. */
function keep(note: Note, credit: Credit): number {
  if (gapOf(note, credit) !== 0n) throw differs(note, credit)
  return note.id
}

const gapOf = ({ amount_total }: Note, { body: { refunded = '0', currency } }: Credit): bigint =>
  toScaled(refunded) - roundTo(toScaled(amount_total), currency)

interface Settling {
  rows: readonly Row[]
  credit: Credit
  operation: PushOperation
  context: ConnectorContext
}

/** Cents by which Odoo rounds the tax otherwise stand in a line of their own, as on the order. */
async function settleNote(note: Note, of: Settling): Promise<void> {
  const { credit, context, rows } = of
  const gap = gapOf(note, credit)
  if (gap === 0n) return
  const { roundingLimit, products } = odooSettings(context.connection)
  if (sizeOf(gap) > toScaled(roundingLimit) || products.rounding === undefined) throw differs(note, credit)
  const product = (await productIds([products.rounding], context)).get(products.rounding)!
  const price = shown(gap, credit.body.currency)
  const rounding: Row = {
    id: 'rounding',
    product,
    name: 'Rounding',
    quantity: 1,
    price,
    taxes: [],
    saleLine: null,
  }
  const settled = await load([...rows, rounding], credit, of)
  if (gapOf(settled, credit) !== 0n) throw differs(settled, credit)
}

async function load(
  rows: readonly Row[],
  { sold, body }: Credit,
  { operation, context }: Pick<Settling, 'operation' | 'context'>,
): Promise<Note> {
  const { key } = operation
  const invoiced = (await invoicesOf(sold.id, context)).find(
    ({ state, move_type }) => state === 'posted' && move_type === 'out_invoice',
  )
  const record = {
    id: qualified(nameOf(key)),
    move_type: 'out_refund',
    'partner_id/.id': String(sold.partner_invoice_id),
    'currency_id/.id': String(sold.currency_id),
    'reversed_entry_id/.id': invoiced ? String(invoiced.id) : '',
    ...cellsOf(body.credit ?? {}),
  }
  const lines = rows.map(row => columnsOf(key, row))
  operation.sending()
  await odooApi(context).load('account.move', {
    fields: [...Object.keys(record), ...Object.keys(lines[0]!)],
    rows: lines.map((line, index) => [
      ...Object.values(record).map(cell => (index === 0 ? cell : '')),
      ...Object.values(line),
    ]),
    context: { default_move_type: 'out_refund' },
  })
  const note = await findCredit(key, context)
  if (note) return note
  throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The new credit note is not found.' })
}

const columnsOf = (key: string, row: Row): Record<string, string> => ({
  'invoice_line_ids/id': qualified(`${nameOf(key)}_${digestOf(row.id)}`),
  'invoice_line_ids/product_id/.id': String(row.product),
  'invoice_line_ids/name': row.name,
  'invoice_line_ids/quantity': String(row.quantity),
  'invoice_line_ids/price_unit': row.price,
  'invoice_line_ids/tax_ids/.id': row.taxes.join(),
  'invoice_line_ids/sale_line_ids/.id': row.saleLine === null ? '' : String(row.saleLine),
})

/** Each with the taxes of the line that was sold, at the price that those taxes read. */
async function rowsOf(
  lines: readonly CreditLine[],
  { credit: { sold }, context }: { credit: Credit; context: ConnectorContext },
): Promise<Row[]> {
  const { products } = odooSettings(context.connection)
  const service = {
    article: products.unmapped,
    shipping: products.shipping,
    adjustment: products.adjustment ?? products.discount,
  }
  const wanted = lines.filter(line => line.sold === null).map(({ kind }) => service[kind] ?? noProduct(kind))
  const ids = await productIds(wanted, context)
  const master = await masterData(context)
  return lines.flatMap(line => {
    const product = line.sold?.product_id ?? ids.get(service[line.kind] ?? '')!
    const same = line.sold ?? (line.kind === 'shipping' ? soldAs(product, sold) : null)
    const taxes = same?.tax_ids ?? []
    const amount = taxes.length === 0 || isIncluded(taxes, master) ? line.gross : netOf(line, taxes, master)
    const parts = priced(amount, line.quantity)
    return parts.map((part, index) => ({
      ...part,
      ...{ id: `${line.id} ${index}`, product, name: line.name, taxes, saleLine: same?.id ?? null },
    }))
  })
}

const soldAs = (product: number, { lines }: SoldOrder) =>
  lines.find(line => line.product_id === product) ?? null

const isIncluded = (ids: readonly number[], { taxes }: MasterData): boolean =>
  ids.every(id => taxes.find(tax => tax.id === id)?.price_include)

/** What was paid back has its tax inside, also where the channel does not tell how much of it is tax. */
function netOf({ gross, net }: CreditLine, ids: readonly number[], { taxes }: MasterData): bigint {
  if (net !== gross) return net
  const rate = taxes.filter(({ id }) => ids.includes(id)).reduce((sum, { amount }) => sum + amount, 0)
  return toScaled(withoutTax(formatScaled(gross, 2), rate))
}

const noProduct = (kind: CreditLine['kind']): never => {
  throw missing(
    `product for what is paid back: name one in the setting products.${kind === 'article' ? 'unmapped' : kind}`,
  )
}

function differs(note: Note, credit: Credit): HubError {
  const { currency, refunded = '0' } = credit.body
  const [there, here] = [toScaled(refunded), toScaled(note.amount_total)].map(one => shown(one, currency))
  return new HubError('TOTAL_DIFFERS', {
    detail: `The channel paid back ${there} ${currency}, Odoo’s credit note is over ${here}: the difference is ${shown(gapOf(note, credit), currency)}.`,
    fingerprint: 'odoo refund',
  })
}
