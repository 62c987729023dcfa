import {
  type ApiAnswer,
  type ConnectorContext,
  epochMs,
  type FetchedPage,
  formatInstant,
  HubError,
  nextByLink,
  nextByMember,
  nextByPage,
  valueAt,
} from '../../sdk/index.ts'
import type { PollSetting } from './settings.ts'
import { shopApi } from './shop-api.ts'
import { fillPath, fillQuery } from './template.ts'

interface At {
  since: number | null
  page: string | null
}

const FULL_PAGE = 50

/** Reads one page of a declared list. */
export function fetchList(poll: PollSetting, context: ConnectorContext) {
  const api = shopApi(context)
  return async (at: At): Promise<FetchedPage<unknown>> => {
    const answer = await api.call(callFor(poll, at))
    const items = valueAt(answer.body, poll.items ?? '')
    if (!Array.isArray(items))
      throw new HubError('PARTNER_ANSWER_INVALID', {
        detail: `There is no list at ${poll.items || 'the top of the answer'}: see the setting \`polls\`.`,
        fingerprint: poll.items,
      })
    if (poll.sorted) refuseDisorder(poll, items)
    return { items, next: nextOf(poll, at, { answer, received: items.length }) }
  }
}

/** A continuation that is a whole link says everything by itself. */
function callFor(poll: PollSetting, at: At) {
  if (at.page !== null && /^https?:\/\//i.test(at.page)) return { path: at.page }
  const { size = FULL_PAGE, firstPage = 1 } = poll
  const values: Record<string, string | undefined> = {
    since: at.since === null ? undefined : timeText(at.since, poll.since),
    page: at.page ?? (poll.next === 'page' ? String(firstPage) : undefined),
    offset: at.page ?? '0',
    size: String(size),
  }
  const filled = (name: string) => values[name]
  return { path: fillPath(poll.path, filled), query: fillQuery(poll.query ?? {}, filled) }
}

/** Rounded down: what is asked for too early is only read again. */
function timeText(ms: number, form: PollSetting['since'] = 'rfc3339'): string {
  if (form === 'milliseconds') return String(Math.floor(ms))
  return form === 'seconds' ? String(Math.floor(ms / 1_000)) : formatInstant(ms)
}

function nextOf(
  poll: PollSetting,
  { page }: At,
  { answer, received }: { answer: ApiAnswer<unknown>; received: number },
): string | null {
  const { size = FULL_PAGE, firstPage = 1 } = poll
  switch (poll.next) {
    case 'page':
      return nextByPage({ page: Number(page ?? firstPage), size, received })
    case 'offset':
      return received < size ? null : String(Number(page ?? 0) + received)
    case 'link':
      return absolute(nextByLink(answer.headers), poll)
    case 'token':
      return nextByMember(answer.body, poll.token ?? '')
    default:
      return null
  }
}

/** A link without a host cannot be told from a token later on. */
function absolute(link: string | null, { path }: PollSetting): string | null {
  if (link === null || /^https?:\/\//i.test(link)) return link
  throw new HubError('PARTNER_ANSWER_INVALID', {
    detail: `The Link header of ${path} is not a whole address.`,
  })
}

/** With `sorted` a page begins at the newest change of the one before: out of order, records would be passed over. */
function refuseDisorder({ changedAt }: PollSetting, items: readonly unknown[]): void {
  const times = items.map(item => epochMs(valueAt(item, changedAt)) ?? 0)
  if (times.some((time, index) => index > 0 && time < times[index - 1]!))
    throw new HubError('PARTNER_ANSWER_INVALID', {
      detail:
        'The list is not in order of change: ask for that order, or take `sorted: true` out of the settings.',
      fingerprint: 'sorted',
    })
}
