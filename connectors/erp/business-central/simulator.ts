import type { Feed } from '../../sdk/index.ts'
import type { PartnerSimulator, SimulatorOptions } from '../../sdk/testkit/conformance.ts'
import { type Asked, type Reply, servePartner } from '../../sdk/testkit/serve-partner.ts'
import { nextId, type SimulatedDocument, type SimulatedItem } from './simulator/books.ts'
import { SimulatedCompany } from './simulator/company.ts'
import { addItem, furnish } from './simulator/furnish.ts'
import { refusal } from './simulator/refusal.ts'
import { routesOf } from './simulator/routes.ts'
import { type Handshake, Subscriptions } from './simulator/subscriptions.ts'

export interface BcOptions extends Pick<SimulatorOptions, 'now'> {
  clientId: string
  clientSecret: string
  tenantId: string
  companyId: string
  handshake?: Handshake
  /** Of any five minutes; 6,000 unless told. */
  callsPerFiveMinutes?: number
}

export interface BcSimulator extends PartnerSimulator {
  readonly company: SimulatedCompany
  readonly calls: readonly Asked[]
}

const FIVE_MINUTES_MS = 300_000

/** Business Central with one company, and the sign-in before it: API v2.0 with ETags, transactions, totals and posting. */
export async function createBcSimulator(options: BcOptions): Promise<BcSimulator> {
  const { now, callsPerFiveMinutes = 6_000 } = options
  const company = new SimulatedCompany(now)
  const subscriptions = new Subscriptions(options)
  const tokens = new Set<string>()
  let given = 0
  const times: number[] = []
  const calls: Asked[] = []
  furnish(company, now())
  const server = await servePartner({
    routes: [
      {
        method: 'POST',
        path: new RegExp(`^/${options.tenantId}/oauth2/v2\\.0/token$`),
        answer: ({ body }) => {
          const form = body as URLSearchParams
          const known =
            form.get('client_id') === options.clientId && form.get('client_secret') === options.clientSecret
          if (!known || form.get('grant_type') !== 'client_credentials')
            return { status: 401, body: { error: 'invalid_client' } }
          const token = `bc-token-${++given}`
          tokens.add(token)
          return { status: 200, body: { token_type: 'Bearer', expires_in: 3_599, access_token: token } }
        },
      },
      ...routesOf({ ...options, company, subscriptions }),
    ],
    guard(asked): Reply | undefined {
      if (asked.path.endsWith('/token')) return undefined
      if (!tokens.has((asked.headers['authorization'] ?? '').replace('Bearer ', '')))
        return refusal(
          'Authentication_InvalidCredentials',
          'The server has rejected the client credentials.',
          401,
        )
      while (times.length > 0 && times[0]! <= now() - FIVE_MINUTES_MS) times.shift()
      if (times.length >= callsPerFiveMinutes)
        return {
          ...refusal('Application_TooManyRequests', 'Too many requests.', 429),
          headers: { 'retry-after': '60' },
        }
      times.push(now())
      calls.push(asked)
      return undefined
    },
    notFound: refusal('BadRequest_ResourceNotFound', 'Resource not found for the segment.', 404),
  })
  return {
    ...server,
    ...{ company, calls },
    seed: (feed, count, at) =>
      Array.from({ length: count }, (_, index) => seedOne(company, feed, at + index * 1_000)),
    touch: (feed, id, at) => touch(company, { feed, id, at }),
    held(resource) {
      const { orders, memos } = company.books
      return resource === 'order' ? orders.map(held) : resource === 'return' ? memos.map(held) : []
    },
    expireTokens: () => tokens.clear(),
    tokensGiven: () => given,
    subscriptions: () =>
      subscriptions.live().map(one => ({ topic: one.resource.split('/').at(-1)!, url: one.notificationUrl })),
    dropSubscriptions: () => subscriptions.clear(),
  }
}

const held = ({ writes, ...document }: SimulatedDocument) => ({
  key: document.externalDocumentNumber,
  body: document,
  writes,
})

function seedOne(company: SimulatedCompany, feed: Feed, at: number): string {
  const { books } = company
  if (feed !== 'shipment') return addItem(company, { number: `SEED-${books.sequence}`, at }).id
  const id = nextId(books)
  books.shipments.push({
    id,
    number: `S-SHPT${100_000 + books.sequence}`,
    orderNumber: `S-ORD${100_000 + books.sequence}`,
    externalDocumentNumber: '',
    postingDate: new Date(at).toISOString().slice(0, 10),
    lastModifiedDateTime: new Date(at).toISOString(),
    salesShipmentLines: [
      {
        id: nextId(books),
        lineType: 'Item',
        lineObjectNumber: 'MUG-1',
        description: 'Trail Mug',
        quantity: 1,
      },
    ],
  })
  return id
}

function touch({ books }: SimulatedCompany, { feed, id, at }: { feed: Feed; id: string; at: number }): void {
  const rows = feed === 'shipment' ? books.shipments : books.items
  const row = rows.find(one => one.id === id)
  if (!row) return
  row.lastModifiedDateTime = new Date(at).toISOString()
  if ('inventory' in row) (row as SimulatedItem).inventory += 1
}
