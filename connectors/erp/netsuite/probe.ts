import { type ConnectorContext, HubError } from '../../sdk/index.ts'
import { netsuiteApi, quoted, suiteql } from './api.ts'
import { netsuiteSettings } from './settings.ts'

/** Whether the key is accepted, queries run, and the items of the settings are there. */
export async function probe(context: ConnectorContext): Promise<{ ok: true; detail: string }> {
  const { shippingItem, discountItem, feeItem, taxItem, accountId } = netsuiteSettings(context.connection)
  const named = [shippingItem, discountItem, feeItem, taxItem].filter(name => name !== undefined)
  const wanted = named.length > 0 ? named : ['']
  const { items } = await suiteql<{ itemid?: string }>(
    netsuiteApi(context),
    `SELECT id, itemid FROM item WHERE itemid IN (${wanted.map(quoted).join(', ')}) AND isinactive = 'F'`,
  )
  const missing = named.filter(name => !items.some(({ itemid }) => itemid === name))
  if (missing.length > 0)
    throw new HubError('PARTNER_REFUSED', {
      detail: `There is no active item “${missing.join('”, “')}”: correct the settings.`,
      fingerprint: 'item',
    })
  return { ok: true, detail: `Account ${accountId} answers queries.` }
}
