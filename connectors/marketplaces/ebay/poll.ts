import {
  type ConnectorContext,
  type Feed,
  HubError,
  type PolledPage,
  parseInstant,
  pollChangedSince,
} from '../../sdk/index.ts'
import { merchantApi } from './api.ts'
import { fetchWindow } from './order-windows.ts'
import type { EbayOrder } from './orders.ts'
import { ebaySettings } from './settings.ts'
import { POLLED_ORDER } from './topics.ts'

/** eBay advises to go back two minutes; its index may lag more on busy days. */
const OVERLAP_MS = 300_000
const FIRST_POLL_MS = 90 * 86_400_000

/** Notifications tell of new orders only: what changes later (payment, cancellation, refund) is found here. */
export async function* poll(
  feed: Feed,
  cursor: string | null,
  context: ConnectorContext,
): AsyncIterable<PolledPage> {
  if (feed !== 'order') return
  const api = merchantApi(context)
  const first = ebaySettings(context.connection).pollFromMs ?? context.now() - FIRST_POLL_MS
  yield* pollChangedSince<EbayOrder>({
    ...{ topic: POLLED_ORDER, cursor, context, overlapMs: OVERLAP_MS },
    from: cursor === null ? first : null,
    fetchPage: ({ since, page }) =>
      fetchWindow({ api, since: since ?? first, page, now: context.now(), signal: context.signal }),
    idOf: ({ orderId }) => orderId,
    changedAt,
  })
}

function changedAt({ lastModifiedDate }: EbayOrder): number {
  const ms = lastModifiedDate === undefined ? undefined : parseInstant(lastModifiedDate)?.ms
  if (ms !== undefined) return ms
  throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'An order does not say when it changed.' })
}
