import { asHubError, type ConnectorContext, type PushOperation } from '../../../sdk/index.ts'
import { type Odoo, odooApi } from '../api.ts'
import { externalNames, MODULE, qualified } from '../external-ids.ts'
import { findRecords } from '../find-records.ts'
import { loadTogether } from '../load-together.ts'
import { type MasterData, masterData } from '../master-data.ts'
import type { OrderBody, PartnerBody } from './body.ts'
import { contactCells } from './contact-cells.ts'

interface Asked {
  names: readonly string[]
  email: string | null
}

/**
 * The customer in Odoo: the one that the hub bound to this customer or address before, else one with this e-mail address,
 * else a new one. Two processes at once make one, because its external id is made of what they match by.
 */
export async function partnerFor(
  body: OrderBody,
  operation: PushOperation,
  context: ConnectorContext,
): Promise<number> {
  const { partner } = body
  const email = normalized(partner.email)
  const names = partnerNames(partner, operation.key, email)
  const found = await context.together<Asked, Match>(
    { names, email },
    { name: 'partners', max: 100, send: items => match(items, context) },
  )
  const id = found.id ?? (await create({ partner, names, email }, operation, context))
  const unbound = names.filter(
    name => !found.bound.includes(name) && (found.id !== null || name !== names.at(-1)),
  )
  if (unbound.length > 0) await bind({ id, names: unbound }, operation, context)
  return id
}

const normalized = (email: string | undefined): string | null => {
  const text = email?.trim().toLowerCase() ?? ''
  return /^[^\s@,;]+@[^\s@,;]+$/.test(text) ? text : null
}

/** Strongest first: the customer's id at the channel, the e-mail address. Of a guest without one: the order. */
function partnerNames(partner: PartnerBody, key: string, email: string | null): string[] {
  const [tenant = '', connection = ''] = key.split(':')
  const own = partner.key ? [externalNames.partner('customer', tenant, connection, partner.key)] : []
  const byEmail = email === null ? [] : [externalNames.partner('email', tenant, email)]
  const names = [...own, ...byEmail]
  return names.length > 0 ? names : [externalNames.partner('order', key)]
}

interface Match {
  id: number | null
  /** Names that lead to it already. */
  bound: readonly string[]
}

async function match(items: readonly Asked[], context: ConnectorContext): Promise<Match[]> {
  const odoo = odooApi(context)
  const known = await findRecords(
    odoo,
    'res.partner',
    items.flatMap(({ names }) => names),
  )
  const unknown = items.filter(({ names }) => !names.some(name => known.has(name)))
  const emails = unknown.flatMap(({ email }) => email ?? [])
  const byEmail = await idsByEmail(odoo, emails, await masterData(context))
  return items.map(({ names, email }) => {
    const name = names.find(one => known.has(one))
    if (name === undefined) return { id: (email && byEmail.get(email)) || null, bound: [] }
    const id = known.get(name)!
    return { id, bound: names.filter(one => known.has(one)) }
  })
}

/** The oldest contact with the address; never our own company, whose orders Odoo takes for transfers. */
async function idsByEmail(
  odoo: Odoo,
  emails: readonly string[],
  { company }: MasterData,
): Promise<Map<string, number>> {
  if (emails.length === 0) return new Map()
  const rows = await odoo.searchRead<{ id: number; email_normalized: string }>('res.partner', {
    domain: [
      ['email_normalized', 'in', [...new Set(emails)]],
      ['type', '=', 'contact'],
      ['id', 'not in', company.partners],
    ],
    fields: ['email_normalized'],
    order: 'id',
  })
  return new Map(rows.reverse().map(row => [row.email_normalized, row.id]))
}

interface Creation {
  partner: PartnerBody
  names: readonly string[]
  email: string | null
}

/** Under the weakest name, which is the one that another process would create it under too. */
async function create(
  { partner, names, email }: Creation,
  { sending }: PushOperation,
  context: ConnectorContext,
): Promise<number> {
  const record = {
    id: qualified(names.at(-1)!),
    ...(await contactCells(partner, context)),
    email: email ?? '',
    company_name: partner.company ?? '',
    ...(partner.vat ? { vat: partner.vat } : {}),
  }
  return loadTogether({ model: 'res.partner', record, sending }, context)
}

interface Binding {
  id: number
  name: string
}

/** So that the customer is found again when its address has changed. */
async function bind(
  { id, names }: { id: number; names: readonly string[] },
  { sending }: PushOperation,
  context: ConnectorContext,
): Promise<void> {
  sending()
  await Promise.all(
    names.map(name =>
      context.together<Binding, true>({ id, name }, { name: 'bind', send: items => bindAll(items, context) }),
    ),
  )
}

/** A name that somebody bound meanwhile stays as it is; it fails the whole call, so each is tried by itself then. */
async function bindAll(items: readonly Binding[], context: ConnectorContext): Promise<true[]> {
  const rows = [...new Map(items.map(item => [item.name, item])).values()]
  try {
    await odooApi(context).call('ir.model.data', 'create', {
      vals_list: rows.map(({ id, name }) => ({ module: MODULE, name, model: 'res.partner', res_id: id })),
    })
  } catch (thrown) {
    if (asHubError(thrown).status !== 422) throw thrown
    if (rows.length > 1) for (const row of rows) await bindAll([row], context)
  }
  return items.map(() => true)
}
