import { type ConnectorContext, HubError } from '../../sdk/index.ts'
import { erpnextApi, listDocs } from './api.ts'
import { erpnextSettings } from './settings.ts'

/** Where the hub writes under its own key. */
export const KEYED = ['Sales Order', 'Delivery Note', 'Sales Invoice', 'Customer', 'Address'] as const

/** Whether the key works and the field by which nothing is made twice is there, and unique. */
export async function probe(context: ConnectorContext): Promise<{ ok: true; detail: string }> {
  const { keyField, company } = erpnextSettings(context.connection)
  const fields = await listDocs<{ dt: string; unique: number }>(erpnextApi(context), 'Custom Field', {
    filters: [
      ['fieldname', '=', keyField],
      ['dt', 'in', KEYED],
    ],
    fields: ['dt', 'unique'],
    limit: KEYED.length,
  })
  const missing = KEYED.filter(doctype => !fields.some(({ dt, unique }) => dt === doctype && unique === 1))
  if (missing.length > 0)
    throw new HubError('PARTNER_REFUSED', {
      detail: `The custom field \`${keyField}\` is missing or not unique on ${missing.join(', ')}. Customize Form: add a field of the type Data with this name, tick Unique and No Copy.`,
      fingerprint: 'key-field',
    })
  return { ok: true, detail: `${company}: the site answers, and \`${keyField}\` is unique everywhere.` }
}
