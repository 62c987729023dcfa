import type { Api, ConnectorContext, PolledPage } from '../../../sdk/index.ts'
import { netsuiteSettings } from '../settings.ts'
import { POLLED_ITEM } from '../topics.ts'
import { asTime, pollChanged } from './changed.ts'

/** What is kept in stock or sold without it; charges, discounts and groups are not goods. */
const GOODS = "('InvtPart', 'NonInvtPart', 'Assembly', 'Kit', 'GiftCert')"

export function pollItems(
  api: Api,
  cursor: string | null,
  context: ConnectorContext,
): AsyncIterable<PolledPage> {
  const { skuField } = netsuiteSettings(context.connection)
  const columns = [
    'item.id AS id',
    'item.itemid AS itemid',
    `item.${skuField} AS sku`,
    'item.displayname AS displayname',
    'item.description AS description',
    'item.upccode AS upccode',
    'item.itemtype AS itemtype',
    'item.isinactive AS isinactive',
    `${asTime('item.lastmodifieddate')} AS changed`,
  ]
  return pollChanged(
    api,
    { cursor, context },
    {
      topic: POLLED_ITEM,
      select: `SELECT ${columns.join(', ')} FROM item`,
      column: 'item.lastmodifieddate',
      where: `item.itemtype IN ${GOODS}`,
      size: 200,
    },
  )
}
