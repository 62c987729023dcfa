import type { Asked, Reply, Route } from '../../../sdk/testkit/serve-partner.ts'
import type { TrackerBook } from './tracker-book.ts'

export interface SimulatedWebhook {
  id: string
  object: 'Webhook'
  mode: 'test'
  url: string
  created_at: string
  disabled_at: string | null
  custom_headers: object[]
}

export interface RoutesOptions {
  book: TrackerBook
  webhooks: Map<string, SimulatedWebhook>
  now(): number
}

export const problem = (status: number, code: string, message: string): Reply => ({
  status,
  body: { error: { code, message, errors: [] } },
})

export function easypostRoutes({ book, webhooks, now }: RoutesOptions): Route[] {
  const webhook = (id: string, answer: (found: SimulatedWebhook) => Reply): Reply => {
    const found = webhooks.get(id)
    return found ? answer(found) : problem(404, 'NOT_FOUND', 'The requested resource could not be found.')
  }
  return [
    { method: 'GET', path: /^\/v2\/trackers$/, answer: asked => listed(asked, book) },
    { method: 'POST', path: /^\/v2\/trackers$/, answer: asked => make(asked, book) },
    {
      method: 'GET',
      path: /^\/v2\/webhooks$/,
      answer: () => ({ status: 200, body: { webhooks: [...webhooks.values()] } }),
    },
    {
      method: 'POST',
      path: /^\/v2\/webhooks$/,
      answer({ body }) {
        const { url } = (body as { webhook: { url: string } }).webhook
        const made: SimulatedWebhook = {
          ...{ id: `hook_${webhooks.size + 1}_${now()}`, object: 'Webhook', mode: 'test', url },
          ...{ created_at: new Date(now()).toISOString(), disabled_at: null, custom_headers: [] },
        }
        webhooks.set(made.id, made)
        return { status: 201, body: made }
      },
    },
    {
      method: 'PATCH',
      path: /^\/v2\/webhooks\/([\w]+)$/,
      answer: (_, id = '') =>
        webhook(id, found => ({ status: 200, body: Object.assign(found, { disabled_at: null }) })),
    },
    {
      method: 'DELETE',
      path: /^\/v2\/webhooks\/([\w]+)$/,
      answer: (_, id = '') =>
        webhook(id, () => {
          webhooks.delete(id)
          return { status: 200, body: {} }
        }),
    },
  ]
}

function make({ body }: Asked, book: TrackerBook): Reply {
  const { tracker } = Object(body) as { tracker?: { tracking_code?: string; carrier?: string } }
  const code = tracker?.tracking_code
  if (!code) return problem(422, 'PARAMETER.REQUIRED', 'Missing required parameter.')
  if (!/^[A-Z0-9]{8,40}$/i.test(code))
    return problem(422, 'TRACKER.CREATE.ERROR', 'The tracking code does not fit any carrier.')
  return { status: 201, body: book.make(code, tracker.carrier ?? carrierOf(code)) }
}

const carrierOf = (code: string): string => (code.startsWith('1Z') ? 'UPS' : 'USPS')

/** Newest first, by when they were made; `before_id` continues. */
function listed({ query }: Asked, book: TrackerBook): Reply {
  const from = Date.parse(query.get('start_datetime') ?? '') || 0
  const size = Math.min(Number(query.get('page_size') ?? 20), 100)
  const all = book
    .all()
    .map(({ tracker }) => tracker)
    .filter(({ created_at: createdAt }) => Date.parse(createdAt) > from)
    .toReversed()
  const before = query.get('before_id')
  const start = before === null ? 0 : all.findIndex(({ id }) => id === before) + 1
  return {
    status: 200,
    body: { trackers: all.slice(start, start + size), has_more: start + size < all.length },
  }
}
