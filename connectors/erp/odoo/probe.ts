import { type ConnectorContext, HubError } from '../../sdk/index.ts'
import { type Odoo, odooApi } from './api.ts'
import { odooSettings } from './settings.ts'

type Operation = 'read' | 'create' | 'write' | 'unlink'

/** What the hub does for one end, and the right that lets a user do it, as Odoo calls it. */
interface Need {
  model: string
  operation: Operation
  right: string
}

const needs = (right: string, wanted: Readonly<Record<string, readonly Operation[]>>): Need[] =>
  Object.entries(wanted).flatMap(([model, operations]) =>
    operations.map(operation => ({ model, operation, right })),
  )

const ORDERS = [
  ...needs('Sales / Administrator', {
    'sale.order': ['create', 'write'],
    'product.product': ['read'],
    'account.tax': ['read'],
  }),
  ...needs('Contact / Creation', { 'res.partner': ['create'] }),
  ...needs('Inventory / User', { 'stock.warehouse': ['read'] }),
  ...needs('Access Rights', { 'ir.model.data': ['read', 'create'] }),
]

const GOODS = [
  ...needs('Inventory / User', {
    'stock.picking': ['create', 'write'],
    'stock.move': ['create', 'write'],
    'stock.quant': ['read'],
  }),
  ...needs('Access Rights', { 'ir.model.data': ['unlink'] }),
]

const MONEY = needs('Accounting / Invoicing', { 'account.move': ['create', 'write'] })

const WHERE =
  'An administrator ticks it in Odoo: Settings, Users & Companies, Users, the user of the key, Access Rights' +
  ' (“Access Rights” itself in developer mode, under Groups).'

/**
 * Whether the key works and its user may do what the settings ask for; the sentence names the rights that are missing.
 * Flows decide whether goods and refunds come at all, and a probe does not know them: what is missing for these is said,
 * and is an error only where the settings tell the hub to invoice.
 */
export async function probe(context: ConnectorContext): Promise<{ ok: true; detail: string }> {
  const odoo = odooApi(context)
  const invoices = odooSettings(context.connection).invoice !== 'never'
  const [orders, goods, money] = await Promise.all(
    [ORDERS, GOODS, MONEY].map(wanted => missingOf(wanted, odoo)),
  )
  const needed = [said('Orders', orders!), ...(invoices ? [said('Invoices', money!)] : [])].flat()
  const perhaps = [
    said('Shipments, returns and stock', goods!),
    ...(invoices ? [] : [said('Refunds', money!)]),
  ].flat()
  if (needed.length > 0)
    throw new HubError('PARTNER_FORBIDDEN', { detail: [...needed, ...perhaps, WHERE].join(' ') })
  if (perhaps.length > 0) return { ok: true, detail: ['The user may sell.', ...perhaps, WHERE].join(' ') }
  return { ok: true, detail: 'The user may sell, ship, take back and credit.' }
}

async function missingOf(wanted: readonly Need[], odoo: Odoo): Promise<Need[]> {
  const rights = await Promise.all(
    wanted.map(({ model, operation }) => odoo.call<boolean>(model, 'has_access', { ids: [], operation })),
  )
  return wanted.filter((_, index) => rights[index] !== true)
}

/** One sentence, or none. */
function said(what: string, missing: readonly Need[]): string[] {
  if (missing.length === 0) return []
  const rights = [...Map.groupBy(missing, ({ right }) => right)].map(
    ([right, lacking]) =>
      `“${right}” (it may not ${lacking.map(({ model, operation }) => `${operation} ${model}`).join(', ')})`,
  )
  return [`${what} need the right ${rights.join(' and ')}.`]
}
