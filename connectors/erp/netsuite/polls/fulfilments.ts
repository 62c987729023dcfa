import type { Api, ConnectorContext, PolledPage } from '../../../sdk/index.ts'
import { suiteql } from '../api.ts'
import { netsuiteSettings } from '../settings.ts'
import { POLLED_FULFILMENT } from '../topics.ts'
import { asTime, type ChangedRow, pollChanged } from './changed.ts'

interface Fulfilment extends ChangedRow {
  createdfrom?: string
  lines?: Line[]
  trackingnumbers?: string[]
}

interface Line {
  transaction: string
  createdfrom?: string
}

const SELECT = `SELECT t.id AS id, t.tranid AS tranid, t.status AS status, t.externalid AS externalid,
  BUILTIN.DF(t.shipcarrier) AS carrier, ${asTime('t.createddate')} AS created,
  ${asTime('t.lastmodifieddate')} AS changed FROM transaction t`

/** Item fulfilments with their lines and tracking numbers: three queries a page. */
export function pollFulfilments(
  api: Api,
  cursor: string | null,
  context: ConnectorContext,
): AsyncIterable<PolledPage> {
  const { skuField } = netsuiteSettings(context.connection)
  return pollChanged<Fulfilment>(
    api,
    { cursor, context },
    {
      ...{ topic: POLLED_FULFILMENT, select: SELECT, column: 't.lastmodifieddate' },
      ...{ where: "t.type = 'ItemShip'", size: 200 },
      async complete(rows) {
        if (rows.length === 0) return []
        const ids = rows.map(({ id }) => Number(id)).join(', ')
        const [lines, numbers] = await Promise.all([
          allOf<Line>(api, linesOf(ids, skuField)),
          allOf<{ transaction: string; trackingnumber: string }>(api, numbersOf(ids)),
        ])
        return rows.map(row => {
          const own = lines.filter(({ transaction }) => transaction === row.id)
          return {
            ...row,
            createdfrom: own.find(({ createdfrom }) => createdfrom)?.createdfrom,
            lines: own,
            trackingnumbers: numbers
              .filter(({ transaction }) => transaction === row.id)
              .map(({ trackingnumber }) => trackingnumber),
          }
        })
      },
    },
  )
}

/**
 * Without the lines that only post the cost of goods. A line leaves from its own location, else from that of the whole
 * fulfilment, which SuiteQL has on the main line.
 */
const linesOf = (ids: string, skuField: string): string =>
  `SELECT tl.transaction AS transaction, tl.id AS line, tl.createdfrom AS createdfrom, item.id AS item,
  item.${skuField} AS sku, ABS(tl.quantity) AS quantity, NVL(tl.location, main.location) AS location,
  CASE WHEN tl.location IS NULL THEN place.name ELSE own.name END AS locationname
  FROM transactionline tl INNER JOIN item ON item.id = tl.item
  LEFT JOIN transactionline main ON main.transaction = tl.transaction AND main.mainline = 'T'
  LEFT JOIN location own ON own.id = tl.location LEFT JOIN location place ON place.id = main.location
  WHERE tl.transaction IN (${ids}) AND tl.mainline = 'F' AND tl.iscogs = 'F' ORDER BY tl.transaction, tl.id`

/** Of every carrier: their parcels stand in a sublist each. */
const numbersOf = (ids: string): string =>
  `SELECT map.transaction AS transaction, tn.trackingnumber AS trackingnumber FROM trackingnumbermap map
  INNER JOIN trackingnumber tn ON tn.id = map.trackingnumber WHERE map.transaction IN (${ids})
  ORDER BY map.transaction, tn.id`

const SIZE = 1_000

/** A page of fulfilments may have more lines than a page of lines. */
async function allOf<Row>(api: Api, q: string): Promise<Row[]> {
  const rows: Row[] = []
  for (;;) {
    const { items, hasMore } = await suiteql<Row>(api, q, { limit: SIZE, offset: rows.length })
    rows.push(...items)
    if (!hasMore || items.length === 0) return rows
  }
}
