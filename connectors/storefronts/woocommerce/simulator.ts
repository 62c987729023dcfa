import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Answer, refused } from './simulator/answers.ts'
import { deliver, type Event, ping } from './simulator/deliver.ts'
import type { Random, SimWebhook } from './simulator/records.ts'
import { answerTo } from './simulator/routes.ts'
import { createShop, type Shop } from './simulator/shop.ts'

export { webhookHeaders } from './simulator/deliver.ts'
export type { Shop } from './simulator/shop.ts'

export interface WooSimulatorOptions {
  now: () => number
  random: Random
  shopUrl: string
  consumerKey: string
  consumerSecret: string
}

/** A shop with its REST API and its webhooks, which are sent once and never again. */
export interface WooSimulator extends Shop {
  readonly baseUrl: string
  /** Sends the webhooks of an event now. */
  deliver(event: Event): Promise<void>
  /** Status of the answer to the unsigned ping. */
  ping(webhook: SimWebhook): Promise<number>
  close(): Promise<void>
}

const PREFIX = '/wp-json/wc/v3'

export async function startWooSimulator(options: WooSimulatorOptions): Promise<WooSimulator> {
  const shop = createShop(options)
  const server = createServer(async (request, response) => {
    const { status, headers, body } = await answered(request, { shop, options })
    response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', ...headers })
    response.end(JSON.stringify(body))
  })
  return {
    ...shop,
    baseUrl: await listening(server),
    deliver: event => deliver(shop, event, options.shopUrl),
    ping,
    close() {
      server.closeAllConnections()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
}

const listening = (server: Server): Promise<string> =>
  new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
  })

async function answered(
  request: IncomingMessage,
  { shop, options }: { shop: Shop; options: WooSimulatorOptions },
): Promise<Answer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://shop')
  if (!pathname.startsWith(PREFIX)) return refused(404, 'rest_no_route')
  if (!isKnown(request.headers.authorization, query, options))
    return refused(401, 'woocommerce_rest_cannot_view')
  const body = bodyOf(Buffer.concat(chunks).toString())
  if (!body) return refused(400, 'rest_invalid_json')
  const asked = { method: request.method ?? 'GET', path: pathname.slice(PREFIX.length), query, body }
  return answerTo(shop, asked, options.now())
}

function isKnown(
  authorization: string | undefined,
  query: URLSearchParams,
  of: WooSimulatorOptions,
): boolean {
  const pair = `${of.consumerKey}:${of.consumerSecret}`
  const inQuery = `${query.get('consumer_key')}:${query.get('consumer_secret')}` === pair
  return inQuery || authorization === `Basic ${Buffer.from(pair).toString('base64')}`
}

function bodyOf(text: string): Record<string, unknown> | null {
  if (text === '') return {}
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    // A request that was cut off on its way.
    return null
  }
}
