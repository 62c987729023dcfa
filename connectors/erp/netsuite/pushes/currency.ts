import { type Api, HubError } from '../../../sdk/index.ts'
import { quoted, type Reference, suiteql } from '../api.ts'

/** NetSuite's own id of an ISO 4217 currency. */
export async function currencyOf(api: Api, code: string): Promise<Reference> {
  const { items } = await suiteql<{ id: string }>(
    api,
    `SELECT id, symbol FROM currency WHERE symbol = ${quoted(code)}`,
    { limit: 1 },
  )
  if (items[0]) return { id: String(items[0].id) }
  throw new HubError('PARTNER_REFUSED', {
    detail: `The account has no currency ${code}.`,
    fingerprint: 'currency',
  })
}
