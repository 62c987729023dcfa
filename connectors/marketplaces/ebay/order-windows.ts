import { type Api, type FetchedPage, HubError, pagesOf } from '../../sdk/index.ts'
import { listIn } from './api.ts'
import { type EbayOrder, ORDERS, TAXES } from './orders.ts'

/** eBay's most: https://developer.ebay.com/api-docs/sell/fulfillment/resources/order/methods/getOrders */
const PAGE = 200

interface Ask {
  api: Api
  since: number
  page: string | null
  now: number
  signal: AbortSignal
}

/** From and to are both inside; times are whole milliseconds. */
interface Window {
  from: number
  span: number
  until: number
}

/**
 * A page is a stretch of time, not an offset: eBay pages by offset in an order that it does not promise, and an order that
 * changes meanwhile would push another one past us. So a stretch is halved until it fits into one answer, and doubled
 * after. The stretches of a run end when it began; what changes later belongs to the next.
 */
export async function fetchWindow({ api, since, page, now, signal }: Ask): Promise<FetchedPage<EbayOrder>> {
  const { from, until, ...asked } = page === null ? whole(since, now) : readWindow(page)
  let { span } = asked
  for (;;) {
    signal.throwIfAborted()
    const to = Math.min(from + span, until)
    const first = await ask(api, { from, to, offset: 0 })
    const next = to < until ? `${to + 1}|${Math.max(1, span * 2)}|${until}` : null
    if (!first.more) return { items: first.orders, next }
    if (to === from) return { items: await everyPage(api, from, signal), next }
    span = Math.floor((to - from) / 2)
  }
}

const whole = (since: number, now: number): Window => {
  const from = Math.min(since, now)
  return { from, span: now - from, until: now }
}

function readWindow(page: string): Window {
  const [from = Number.NaN, span = Number.NaN, until = Number.NaN] = page.split('|').map(Number)
  if (Number.isFinite(from + span + until)) return { from, span, until }
  throw new HubError('UNEXPECTED', { detail: 'The cursor names no stretch of time.' })
}

interface Answer {
  orders: EbayOrder[]
  more: boolean
}

async function ask(
  api: Api,
  { from, to, offset }: { from: number; to: number; offset: number },
): Promise<Answer> {
  const filter = `lastmodifieddate:[${new Date(from).toISOString()}..${new Date(to).toISOString()}]`
  const query = { filter, limit: PAGE, offset, ...TAXES }
  const { body } = await api.call<{ next?: string; total?: number } | undefined>({ path: ORDERS, query })
  const orders = listIn<EbayOrder>(body, 'orders')
  const more = Boolean(body?.next) || Number(body?.total ?? 0) > offset + orders.length
  return { orders, more: more && orders.length > 0 }
}

/** More than a page in one millisecond (a bulk change at eBay): now offsets are all there is. */
async function everyPage(api: Api, at: number, signal: AbortSignal): Promise<EbayOrder[]> {
  const all: EbayOrder[] = []
  const seen = new Set<string>()
  const fetchPage = async (after: string | null): Promise<FetchedPage<EbayOrder>> => {
    const offset = Number(after ?? 0)
    const { orders, more } = await ask(api, { from: at, to: at, offset })
    return { items: orders, next: more ? String(offset + orders.length) : null }
  }
  for await (const { items } of pagesOf(fetchPage, { signal })) {
    const fresh = items.filter(({ orderId }) => !seen.has(orderId))
    if (items.length > 0 && fresh.length === 0)
      throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The list of orders repeats its page.' })
    for (const order of fresh) seen.add(order.orderId)
    all.push(...fresh)
  }
  return all
}
