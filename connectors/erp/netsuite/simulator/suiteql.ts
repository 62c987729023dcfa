import { zonedText } from '../../../sdk/index.ts'
import type { Asked, Reply, Route } from '../../../sdk/testkit/serve-partner.ts'
import { type Account, Refused, type SimulatedRecord } from './account.ts'
import { guarded } from './records.ts'
import { linesOf } from './sublists.ts'

type Row = Record<string, string | undefined>

export interface SuiteqlOptions {
  account: Account
  timeZone: string
}

const MOST_ROWS = 1_000

/** query/v1/suiteql for the queries that the connector makes: read by their tables and conditions, not by a parser. */
export const suiteqlRoute = (options: SuiteqlOptions): Route => ({
  method: 'POST',
  path: /^\/services\/rest\/query\/v1\/suiteql$/,
  answer: asked => guarded(() => page(rowsOf(options, asked), asked)),
})

function page(rows: Row[], { query }: Asked): Reply {
  const [limit, offset] = [Number(query.get('limit') ?? MOST_ROWS), Number(query.get('offset') ?? 0)]
  if (limit > MOST_ROWS || offset % 1 !== 0) throw invalid('The limit is at most 1000.')
  const items = rows.slice(offset, offset + limit).map(row => ({ links: [], ...row }))
  const hasMore = offset + limit < rows.length
  return {
    status: 200,
    body: { links: [], count: items.length, hasMore, items, offset, totalResults: rows.length },
  }
}

const invalid = (detail: string): Refused => new Refused(400, 'INVALID_PARAMETER', { detail })

function rowsOf(options: SuiteqlOptions, { body, headers }: Asked): Row[] {
  if (headers['prefer'] !== 'transient') throw invalid('The header Prefer: transient is required.')
  const { q } = body as { q: string }
  const table = /\bFROM (\w+)/.exec(q)?.[1]
  const query = TABLES[table ?? '']
  if (!query) throw invalid(`The table ${table} was not found.`)
  return query(q, options)
}

const TABLES: Readonly<Record<string, (q: string, options: SuiteqlOptions) => Row[]>> = {
  item: (q, options) => (q.includes('itemtype IN') ? changedItems(q, options) : itemsNamed(q, options)),
  customer: (q, { account }) => {
    const [email = ''] = literals(q)
    return account
      .of('customer')
      .filter(({ body }) => String(body['email'] ?? '').toLowerCase() === email)
      .map(({ id }) => ({ id }))
  },
  currency: (q, { account }) => {
    const id = account.currencies.get(literals(q)[0] ?? '')
    return id === undefined ? [] : [{ id }]
  },
  aggregateItemLocation: balances,
  transaction: fulfilments,
  transactionline: (q, { account }) =>
    fulfilmentsIn(account, q)
      .flatMap(one => linesShown(account, one))
      .map(row => selected(q, row)),
  trackingnumbermap: (q, { account }) =>
    fulfilmentsIn(account, q).flatMap(({ id, body }) =>
      linesOf(body, 'package').map(line => ({
        ...{ transaction: id, trackingnumber: String(line['packageTrackingNumber']) },
      })),
    ),
}

/** Only what was asked for, as every column of the query has a name of its own. */
const selected = (q: string, row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => new RegExp(` AS ${name}\\b`).test(q)))

/** Texts in the query, unquoted. */
const literals = (q: string): string[] =>
  [...q.matchAll(/'((?:[^']|'')*)'/g)].map(([, text = '']) => text.replaceAll("''", "'"))

function itemsNamed(q: string, { account }: SuiteqlOptions): Row[] {
  const [, field = 'itemid', list = ''] = /WHERE (\w+) IN \(((?:'(?:[^']|'')*'(?:, )?)*)\)/.exec(q) ?? []
  const names = literals(list)
  return account.items.flatMap(item => {
    const value = item[field as 'itemid']
    return names.includes(value ?? '') && item.isinactive === 'F'
      ? [{ id: item.id, itemid: item.itemid, sku: value }]
      : []
  })
}

/** Those that changed at the time of the condition or later, on the user's clock, oldest first. */
function since<T extends { changedAt: number; id: string }>(
  q: string,
  rows: readonly T[],
  timeZone: string,
): T[] {
  const [, from = ''] = />= TO_DATE\('([^']+)'/.exec(q) ?? []
  return rows
    .filter(({ changedAt }) => zonedText(timeZone, changedAt) >= from)
    .toSorted(
      (a, b) =>
        Math.floor(a.changedAt / 1_000) - Math.floor(b.changedAt / 1_000) || Number(a.id) - Number(b.id),
    )
}

const changedItems = (q: string, { account, timeZone }: SuiteqlOptions): Row[] =>
  since(
    q,
    account.items.filter(({ itemtype }) => itemtype !== 'OthCharge'),
    timeZone,
  ).map(({ changedAt, ...item }) => ({
    ...{ ...item, sku: item.itemid, changed: zonedText(timeZone, changedAt) },
  }))

function balances(q: string, { account }: SuiteqlOptions): Row[] {
  const [, item = '0', location = '0'] = /ail\.item = (\d+) AND ail\.location > (\d+)/.exec(q) ?? []
  return account.balances
    .filter(row => row.item !== item || Number(row.location) > Number(location))
    .filter(row => Number(row.item) >= Number(item))
    .toSorted((a, b) => Number(a.item) - Number(b.item) || Number(a.location) - Number(b.location))
    .map(row => ({
      ...{ item: row.item, location: row.location, locationname: account.locations.get(row.location) },
      sku: account.items.find(({ id }) => id === row.item)?.itemid,
      ...{ onhand: String(row.available + 2), available: String(row.available), committed: '2' },
    }))
}

function fulfilments(q: string, { account, timeZone }: SuiteqlOptions): Row[] {
  return since(q, account.of('itemFulfillment'), timeZone).map(({ id, body, externalId, changedAt }) => ({
    ...{ id, tranid: `IF${id}`, status: statusOf(body), externalid: externalId, carrier: 'UPS' },
    changed: zonedText(timeZone, changedAt),
  }))
}

const statusOf = (body: Record<string, unknown>): string =>
  (body['shipStatus'] as { id?: string } | undefined)?.id ?? 'C'

function fulfilmentsIn(account: Account, q: string): SimulatedRecord[] {
  const ids = /transaction IN \(([\d, ]+)\)/.exec(q)?.[1]?.split(', ') ?? []
  return account.of('itemFulfillment').filter(({ id }) => ids.includes(id))
}

type Pointer = { id?: string } | undefined

/** A location of the fulfilment stands on its main line; those of its lines beside it count more. */
const linesShown = (account: Account, { id, body }: SimulatedRecord): Row[] =>
  linesOf(body).map(({ line, item, quantity, location = body['location'] }) => {
    const place = (location as Pointer)?.id
    return {
      ...{
        transaction: id,
        line: String(line),
        item: item.id,
        sku: item.refName,
        quantity: String(quantity),
      },
      createdfrom: (body['createdFrom'] as Pointer)?.id,
      ...{ location: place, locationname: account.locations.get(place ?? '') },
    }
  })
