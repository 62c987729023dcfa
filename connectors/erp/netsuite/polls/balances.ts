import { type Api, type ConnectorContext, type PolledPage, pollSnapshot } from '../../../sdk/index.ts'
import { suiteql } from '../api.ts'
import { netsuiteSettings } from '../settings.ts'
import { POLLED_BALANCE } from '../topics.ts'

interface Balance {
  item: string
  location: string
}

const SIZE = 500

const FIGURES = ['onhand', 'available', 'committed', 'onorder', 'intransit', 'backordered']

/**
 * Stock by item and location. It says no time of change, so it is read whole; pages go on behind the last row, because an
 * offset ends at 100,000 rows and moves while others write.
 */
export function pollBalances(
  api: Api,
  cursor: string | null,
  context: ConnectorContext,
): AsyncIterable<PolledPage> {
  const { skuField } = netsuiteSettings(context.connection)
  const columns = [
    'ail.item AS item',
    'ail.location AS location',
    `item.${skuField} AS sku`,
    'item.upccode AS upccode',
    'location.name AS locationname',
    ...FIGURES.map(name => `ail.quantity${name} AS ${name}`),
  ]
  const select = `SELECT ${columns.join(', ')} FROM aggregateItemLocation ail
    INNER JOIN item ON item.id = ail.item INNER JOIN location ON location.id = ail.location`
  return pollSnapshot<Balance>({
    ...{ topic: POLLED_BALANCE, cursor, context },
    async fetchPage(page) {
      const q = `${select} WHERE item.isinactive = 'F'${behind(page)} ORDER BY ail.item, ail.location`
      const { items } = await suiteql<Balance>(api, q, { limit: SIZE })
      const last = items.at(-1)
      return { items, next: last && items.length === SIZE ? `${last.item}@${last.location}` : null }
    },
    idOf: ({ item, location }) => `${item}@${location}`,
  })
}

function behind(page: string | null): string {
  const [item, location] = (page ?? '').split('@').map(Number)
  return item === undefined || location === undefined
    ? ''
    : ` AND (ail.item > ${item} OR (ail.item = ${item} AND ail.location > ${location}))`
}
