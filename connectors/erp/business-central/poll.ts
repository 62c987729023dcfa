import {
  type ConnectorContext,
  type Feed,
  type PolledPage,
  parseInstant,
  pollChangedSince,
  pollSnapshot,
} from '../../sdk/index.ts'
import { type Company, fetchPage, openCompany } from './api.ts'
import { type Options, withOptions } from './odata.ts'
import { bcSettings } from './settings.ts'
import { POLLED_ITEM, POLLED_SHIPMENT, POLLED_STOCK } from './topics.ts'

const PAGE = 200
const STOCK_PAGE = 1_000
/** A transaction is seen when it is committed, with the times of when it wrote. Posting may take minutes. */
const OVERLAP_MS = 600_000

export async function* poll(
  feed: Feed,
  cursor: string | null,
  context: ConnectorContext,
): AsyncIterable<PolledPage> {
  const company = openCompany(context)
  const { shipmentApi } = bcSettings(context.connection)
  const run = { company, cursor, context }
  if (feed === 'product') yield* changed(run, { topic: POLLED_ITEM, set: 'items', expand: 'itemVariants' })
  if (feed === 'shipment')
    yield* changed(run, {
      topic: POLLED_SHIPMENT,
      set: shipmentApi ?? 'salesShipments',
      expand: 'salesShipmentLines',
    })
  if (feed === 'inventory') yield* stock(run)
}

interface Run {
  company: Company
  cursor: string | null
  context: ConnectorContext
}

interface Changing {
  id: string
  lastModifiedDateTime: string
}

/** Records in the order of their changes. */
function changed(
  { company, cursor, context }: Run,
  { topic, set, expand }: { topic: string; set: string; expand: string },
): AsyncIterable<PolledPage> {
  const { pollFrom } = bcSettings(context.connection)
  const first = (since: number | null): string =>
    withOptions(company.path(set), { ...changedSince(since), expand, orderby: 'lastModifiedDateTime' })
  return pollChangedSince<Changing>({
    ...{ topic, cursor, context, overlapMs: OVERLAP_MS },
    from: pollFrom ? Date.parse(pollFrom) : null,
    // What `$skiptoken` counts is not documented; a record that changes meanwhile moves to the end.
    pages: 'shifting',
    fetchPage: ({ since, page }) => fetchPage(company, page ?? first(since), PAGE),
    idOf: ({ id }) => id,
    changedAt: ({ lastModifiedDateTime }) => parseInstant(lastModifiedDateTime)?.ms ?? Number.NaN,
    bodyOf: withoutEtags,
  })
}

const changedSince = (since: number | null): Options =>
  since === null ? {} : { filter: `lastModifiedDateTime ge ${new Date(since).toISOString()}` }

/** Annotations change with the server, not with the record. */
const withoutEtags = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (name, member) => (name.includes('@odata.') ? undefined : member)))

interface StockRecord {
  id?: string
  number?: string
  itemNumber?: string
  locationCode?: string
}

/** The items' own figure, or one for each item and location where an extension tells. Neither can be asked for changes. */
function stock({ company, cursor, context }: Run): AsyncIterable<PolledPage> {
  const { stockApi } = bcSettings(context.connection)
  const first = stockApi
    ? company.path(stockApi)
    : withOptions(company.path('items'), {
        filter: "type eq 'Inventory'",
        select: 'id,number,displayName,gtin,inventory,blocked',
        orderby: 'number',
      })
  return pollSnapshot<StockRecord>({
    ...{ topic: POLLED_STOCK, cursor, context },
    async fetchPage(page) {
      const { items, next } = await fetchPage<StockRecord>(company, page ?? first, STOCK_PAGE)
      return { items: items.map(withoutEtags) as StockRecord[], next }
    },
    idOf: ({ id, number, itemNumber, locationCode }) =>
      itemNumber === undefined ? `${id ?? number}` : `${itemNumber}@${locationCode ?? ''}`,
  })
}
