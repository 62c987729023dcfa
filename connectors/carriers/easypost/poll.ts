import {
  type ConnectorContext,
  type Feed,
  type FetchedPage,
  HubError,
  type PolledPage,
  pollSnapshot,
} from '../../sdk/index.ts'
import { easypostApi, type Tracker } from './api.ts'
import { easypostSettings } from './settings.ts'
import { POLLED_TRACKER } from './topics.ts'

const PAGE = 100
const DAY_MS = 86_400_000

interface Trackers {
  trackers?: Tracker[]
  has_more?: boolean
}

/**
 * EasyPost lists trackers by when they were made, newest first, and cannot be asked for changed ones: so the young ones are
 * read whole, and only those that differ from the last reading become messages.
 */
export function poll(
  _feed: Feed,
  cursor: string | null,
  context: ConnectorContext,
): AsyncIterable<PolledPage> {
  const api = easypostApi(context)
  const { pollDays } = easypostSettings(context.connection)
  const start = new Date(context.now() - pollDays * DAY_MS).toISOString()
  return pollSnapshot<Tracker>({
    ...{ topic: POLLED_TRACKER, cursor, context },
    async fetchPage(page) {
      const query = { page_size: PAGE, start_datetime: start, before_id: page ?? undefined }
      const { body } = await api.call<Trackers | undefined>({ path: '/trackers', query })
      return pageOf(body)
    },
    idOf: ({ id }) => id,
  })
}

function pageOf(body: Trackers | undefined): FetchedPage<Tracker> {
  if (!Array.isArray(body?.trackers))
    throw new HubError('PARTNER_ANSWER_INVALID', { detail: '/trackers: the answer is no list.' })
  const { trackers, has_more: more } = body
  return { items: trackers, next: more ? (trackers.at(-1)?.id ?? null) : null }
}
