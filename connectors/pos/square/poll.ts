import {
  type Api,
  type ConnectorContext,
  type Feed,
  HubError,
  type PolledPage,
  parseInstant,
  pollChangedSince,
} from '../../sdk/index.ts'
import { type SquareRecord, search, squareApi } from './api.ts'
import { type CatalogItem, changedItems } from './catalogue.ts'
import { orderPages } from './order-pages.ts'
import { squareSettings } from './settings.ts'
import { POLLED_COUNT, POLLED_ITEM, POLLED_ORDER, POLLED_REFUND } from './topics.ts'
import type { Order } from './whole-orders.ts'

/** Square’s lists are “eventually consistent”: changes may take seconds to appear. */
const OVERLAP_MS = 120_000

export function poll(
  feed: Feed,
  cursor: string | null,
  context: ConnectorContext,
): AsyncIterable<PolledPage> {
  const { pollFrom } = squareSettings(context.connection)
  const api = squareApi(context)
  const of = { cursor, context, overlapMs: OVERLAP_MS, from: pollFrom ? Date.parse(pollFrom) : null }
  if (feed === 'order')
    return pollChangedSince<Order>({
      ...{ ...of, topic: POLLED_ORDER, fetchPage: orderPages(api, context) },
      idOf: ({ id }) => id,
      changedAt: ({ updated_at, created_at }) => msOf(updated_at ?? created_at),
    })
  if (feed === 'return') return polled(of, { topic: POLLED_REFUND, fetchPage: at => refunds(api, at) })
  if (feed === 'inventory') return polled(of, { topic: POLLED_COUNT, fetchPage: at => counts(api, at) })
  if (feed === 'product') return polled(of, { topic: POLLED_ITEM, fetchPage: at => changedItems(api, at) })
  throw new HubError('UNEXPECTED', { detail: `Square has no feed ${feed}.` })
}

/** What was read, and when its run began. */
interface Read {
  record: SquareRecord
  began: number
}

interface List {
  topic: string
  /** `after` is exclusive, to the millisecond. */
  fetchPage(at: { after: number | null; page: string | null }): Promise<{
    items: SquareRecord[]
    next: string | null
  }>
}

type PollOf = Pick<Parameters<typeof pollChangedSince>[0], 'cursor' | 'context' | 'overlapMs' | 'from'>

/**
 * Lists in no certain order, which cannot be bounded at their end. What changes while a run goes on may stand on a page
 * that was read already: so no run counts as having seen more than stood there when it began.
 */
const polled = (of: PollOf, list: List): AsyncIterable<PolledPage> =>
  pollChangedSince<Read>({
    ...{ ...of, topic: list.topic },
    async fetchPage({ since, page }) {
      const [began, inner] = page === null ? [of.context.now(), null] : pageOf(page)
      const { items, next } = await list.fetchPage({ after: since === null ? null : since - 1, page: inner })
      return {
        items: items.map(record => ({ record, began })),
        next: next === null ? null : `${began}|${next}`,
      }
    },
    idOf: ({ record }) => idOf(record),
    changedAt: ({ record, began }) => Math.min(changeOf(record), began),
    bodyOf: ({ record }) => record,
  })

function pageOf(page: string): [number, string] {
  const bar = page.indexOf('|')
  return [Number(page.slice(0, bar)), page.slice(bar + 1)]
}

const idOf = ({ id, catalog_object_id: item, location_id: location, state }: SquareRecord): string =>
  typeof id === 'string' ? id : [item, location, state].join('@')

function changeOf(record: SquareRecord): number {
  const { item_data: data } = record as Partial<CatalogItem>
  const own = record['calculated_at'] ?? record['updated_at'] ?? record['created_at']
  const times = [own, ...(data?.variations ?? []).map(variation => variation.updated_at)]
  return Math.max(...times.filter(time => time !== undefined).map(msOf))
}

const msOf = (time: unknown): number => parseInstant(String(time))?.ms ?? Number.NaN

async function refunds(api: Api, { after, page }: { after: number | null; page: string | null }) {
  const { body } = await api.call<{ refunds?: SquareRecord[]; cursor?: string }>({
    path: '/refunds',
    query: {
      ...{ sort_field: 'UPDATED_AT', sort_order: 'ASC', limit: 100 },
      // Unless told, Square gives one year.
      begin_time: '2009-02-01T00:00:00Z',
      updated_at_begin_time: after === null ? undefined : new Date(after).toISOString(),
      cursor: page ?? undefined,
    },
  })
  return { items: body.refunds ?? [], next: body.cursor || null }
}

async function counts(api: Api, { after, page }: { after: number | null; page: string | null }) {
  const body = await search<{ counts?: SquareRecord[]; cursor?: string }>(
    api,
    '/inventory/counts/batch-retrieve',
    {
      limit: 100,
      ...(after === null ? {} : { updated_after: new Date(after).toISOString() }),
      ...(page === null ? {} : { cursor: page }),
    },
  )
  return { items: body.counts ?? [], next: body.cursor || null }
}
