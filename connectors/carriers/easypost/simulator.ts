import { createHmac } from 'node:crypto'
import type { PartnerSimulator, SimulatorOptions } from '../../sdk/testkit/conformance.ts'
import { servePartner } from '../../sdk/testkit/serve-partner.ts'
import { easypostRoutes, problem, type SimulatedWebhook } from './simulator/routes.ts'
import { TrackerBook } from './simulator/tracker-book.ts'

export interface EasypostOptions extends SimulatorOptions {
  apiKey: string
}

export interface EasypostSimulator extends PartnerSimulator {
  readonly book: TrackerBook
}

const PER_SECOND = 100

/** An EasyPost account: trackers that are made once per number and carrier, webhooks, and a limit. */
export async function createEasypostSimulator(options: EasypostOptions): Promise<EasypostSimulator> {
  const { now, apiKey } = options
  const book = new TrackerBook(options)
  const webhooks = new Map<string, SimulatedWebhook>()
  let calls: number[] = []
  const server = await servePartner({
    routes: easypostRoutes({ book, webhooks, now }),
    guard({ headers }) {
      if (headers['authorization'] !== `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`)
        return problem(
          401,
          'APIKEY.INACTIVE',
          'This api key is no longer active. Please use a different one.',
        )
      calls = [...calls.filter(at => at > now() - 1_000), now()]
      return calls.length > PER_SECOND ? problem(429, 'RATE_LIMITED', 'Too many requests.') : undefined
    },
    notFound: problem(404, 'NOT_FOUND', 'The requested resource could not be found.'),
  })
  return {
    ...server,
    book,
    seed: (_feed, count, at) =>
      Array.from({ length: count }, (_, index) => {
        const time = at + index * 1_000
        return book.make(`9400${time}${book.all().length}`, 'USPS', time).id
      }),
    touch: (_feed, id, at) => book.scan(id, 'in_transit', at),
    held: resource =>
      resource === 'shipment'
        ? book.all().map(({ tracker, writes }) => ({ key: tracker.tracking_code, body: tracker, writes }))
        : [],
    subscriptions: () =>
      [...webhooks.values()]
        .filter(({ disabled_at: disabledAt }) => disabledAt === null)
        .map(({ url }) => ({ topic: 'events', url })),
    dropSubscriptions() {
      for (const webhook of webhooks.values()) webhook.disabled_at = new Date(now()).toISOString()
    },
  }
}

/** The header that proves an event. */
export const signEasypost = (body: Buffer, secret: string): Record<string, string> => ({
  'content-type': 'application/json',
  'x-hmac-signature': `hmac-sha256-hex=${createHmac('sha256', secret.normalize('NFKD')).update(body).digest('hex')}`,
})
