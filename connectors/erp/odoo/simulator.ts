import type { PartnerSimulator, SimulatorOptions } from '../../sdk/testkit/conformance.ts'
import { type Reply, servePartner } from '../../sdk/testkit/serve-partner.ts'
import { Database, OdooRefusal } from './simulator/database.ts'
import { Goods } from './simulator/goods.ts'
import { heldReturns, heldShipments } from './simulator/held-goods.ts'
import { type CallBody, methods } from './simulator/methods.ts'
import { Sales } from './simulator/sales.ts'
import { seed } from './simulator/seed.ts'
import { seedFeed, touchFeed } from './simulator/seed-feeds.ts'

export interface OdooOptions extends SimulatorOptions {
  apiKey: string
  /** Internal references of what it sells, services included. */
  articles: readonly string[]
}

export interface OdooSimulator extends PartnerSimulator {
  readonly database: Database
  /** What the user of the key may not do: `write stock.picking`. */
  readonly forbidden: Set<string>
}

/**
 * A small Odoo 19: JSON-2 with its answers and error names, external ids that are unique, `load` that answers 200 to a
 * refusal, totals with tax, confirmation and cancellation. What a call begins, it ends: there is no half of a transaction.
 */
export async function createOdooSimulator({ apiKey, articles, now }: OdooOptions): Promise<OdooSimulator> {
  const database = new Database()
  seed(database, articles)
  const sales = new Sales(database, now)
  const goods = new Goods(database, sales, now)
  const forbidden = new Set<string>()
  const known: ReturnType<typeof methods> = {
    ...methods(database, { sales, goods }),
    has_access: (model, body) => !forbidden.has(`${String(Object(body)['operation'])} ${model}`),
  }
  const server = await servePartner({
    guard: ({ headers }) =>
      headers['authorization']?.toLowerCase() === `bearer ${apiKey}`
        ? undefined
        : fault(new OdooRefusal(401, 'werkzeug.exceptions.Unauthorized', 'Invalid apikey')),
    routes: [
      {
        method: 'POST',
        path: /^\/json\/2\/([a-z.]+)\/(\w+)$/,
        answer: ({ body }, model, method) => answer(known[method!], model!, (body ?? {}) as CallBody),
      },
    ],
    notFound: { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>Not Found</h1>' },
  })
  return {
    ...server,
    ...{ database, forbidden },
    seed: (feed, count, at) => seedFeed(database, feed, { count, at }),
    touch: (feed, id, at) => touchFeed(database, feed, { id, at }),
    held(resource) {
      if (resource === 'order') return heldOrders(database, sales)
      if (resource === 'shipment') return heldShipments(database)
      return resource === 'return' ? heldReturns(database) : []
    },
  }
}

type Known = ReturnType<typeof methods>[string]

function answer(method: Known | undefined, model: string, body: CallBody): Reply {
  try {
    if (!method)
      throw new OdooRefusal(404, 'werkzeug.exceptions.NotFound', `the model '${model}' has no such method`)
    return { status: 200, body: method(model, body) }
  } catch (thrown) {
    if (thrown instanceof OdooRefusal) return fault(thrown)
    return fault(new OdooRefusal(500, 'builtins.ValueError', String(thrown)))
  }
}

const fault = ({ status, odooName: name, message }: OdooRefusal): Reply => ({
  status,
  headers: status === 401 ? { 'www-authenticate': 'Bearer' } : {},
  body: { name, message, arguments: [message], context: {}, debug: '' },
})

function heldOrders(database: Database, sales: Sales) {
  return [...database.table('sale.order').values()].map(order => {
    const [bound] = database.search('ir.model.data', [
      ['model', '=', 'sale.order'],
      ['res_id', '=', order.id],
    ])
    return {
      key: String(bound?.['name'] ?? order.id),
      body: { ...order, lines: sales.lines(order.id) },
      writes: sales.writes.get(order.id) ?? 0,
    }
  })
}
