import { type ConnectorContext, HubError } from '../../sdk/index.ts'
import { odooApi } from './api.ts'

/** What orders need of the user's rights: model → what is done with it. */
const NEEDED = [
  ['sale.order', 'create'],
  ['sale.order', 'write'],
  ['res.partner', 'create'],
  ['product.product', 'read'],
  ['account.tax', 'read'],
  ['stock.warehouse', 'read'],
  ['ir.model.data', 'read'],
] as const

/** Whether the key works and its user may do what orders need; the sentence names what is missing. */
export async function probe(context: ConnectorContext): Promise<{ ok: true; detail: string }> {
  const odoo = odooApi(context)
  const rights = await Promise.all(
    NEEDED.map(([model, operation]) => odoo.call<boolean>(model, 'has_access', { ids: [], operation })),
  )
  const missing = NEEDED.filter((_, index) => rights[index] !== true).map(
    ([model, operation]) => `${operation} ${model}`,
  )
  if (missing.length > 0)
    throw new HubError('PARTNER_FORBIDDEN', { detail: `The user may not: ${missing.join(', ')}.` })
  return { ok: true, detail: 'The user may sell.' }
}
