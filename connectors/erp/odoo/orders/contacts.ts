import type { ConnectorContext, PushOperation } from '../../../sdk/index.ts'
import { odooApi } from '../api.ts'
import { externalNames, qualified } from '../external-ids.ts'
import { loadTogether } from '../load-together.ts'
import type { ContactBody, OrderBody } from './body.ts'
import type { Cells } from './cells.ts'
import { contactCells } from './contact-cells.ts'

const FIELDS = ['name', 'street', 'street2', 'city', 'zip', 'state_id', 'country_id', 'phone'] as const

interface ContactRow extends Record<(typeof FIELDS)[number], string | number | false> {
  id: number
  type: string
  parent_id: number | false
}

export interface Contacts {
  invoice: number
  delivery: number
}

/** Where the order is invoiced and sent to: the customer itself, or one of its addresses; a new one where none is the same. */
export async function contactsFor(
  body: OrderBody,
  partner: number,
  { operation, context }: { operation: PushOperation; context: ConnectorContext },
): Promise<Contacts> {
  const wanted = [body.invoice, body.delivery]
  if (!wanted.some(Boolean)) return { invoice: partner, delivery: partner }
  const rows = await context.together<number, readonly ContactRow[]>(partner, {
    ...{ name: 'contacts', max: 100 },
    send: partners => family(partners, context),
  })
  const find = async (contact: ContactBody | undefined, type: 'invoice' | 'delivery'): Promise<number> => {
    if (!contact) return partner
    const cells = await contactCells(contact, context)
    const same = rows.find(row => (row.id === partner || row.type === type) && isSame(row, cells))
    return same?.id ?? create({ partner, type, cells }, operation, context)
  }
  const invoice = await find(body.invoice, 'invoice')
  return { invoice, delivery: await find(body.delivery, 'delivery') }
}

/** The customers and their addresses, each list with the customer itself first. */
async function family(partners: readonly number[], context: ConnectorContext): Promise<ContactRow[][]> {
  const ids = [...new Set(partners)]
  const rows = await odooApi(context).searchRead<ContactRow>('res.partner', {
    domain: ['|', ['id', 'in', ids], ['parent_id', 'in', ids]],
    fields: [...FIELDS, 'type', 'parent_id'],
    order: 'id',
  })
  return partners.map(id => rows.filter(row => row.id === id || row.parent_id === id))
}

/** People write the same address with other blanks and capitals. */
const isSame = (row: ContactRow, cells: Cells): boolean =>
  FIELDS.every(
    field => plain(row[field]) === plain(cells[field.endsWith('_id') ? `${field}/.id` : field] ?? ''),
  )

const plain = (value: string | number | false): string =>
  value === false
    ? ''
    : String(value)
        .toLowerCase()
        .replaceAll(/[\s.,]+/g, ' ')
        .trim()

interface Address {
  partner: number
  type: 'invoice' | 'delivery'
  cells: Cells
}

/** Its external id is made of its content: made twice at once, it is one. */
function create(
  { partner, type, cells }: Address,
  { sending }: PushOperation,
  context: ConnectorContext,
): Promise<number> {
  const content = FIELDS.map(field => plain(cells[field] ?? cells[`${field}/.id`] ?? '')).join('\n')
  const record = {
    id: qualified(externalNames.contact(partner, `${type}\n${content}`)),
    'parent_id/.id': String(partner),
    type,
    ...cells,
  }
  return loadTogether({ model: 'res.partner', record, sending }, context)
}
