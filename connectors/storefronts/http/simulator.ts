import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { formatInstant, parseInstant } from '../../sdk/index.ts'
import type { PartnerSimulator, SimulatorOptions } from '../../sdk/testkit/conformance.ts'

export const TOKEN = 'portal-token-5d1e7a90c4'

/** What one app may do; the bucket stands in every answer. */
const BUCKET = { capacity: 200, refillPerSecond: 50 }

interface Held {
  key: string
  body: unknown
  writes: number
}

interface Answer {
  status: number
  body: unknown
}

/**
 * A B2B ordering portal as people build them: a list of orders by time of change in numbered pages, stock by SKU that is
 * put, parcels that are posted and found by their reference.
 */
export async function createPortal({ now }: SimulatorOptions): Promise<PartnerSimulator> {
  const orders = new Map<string, { id: string; changedAt: number }>()
  const held = { inventory: new Map<string, Held>(), shipment: new Map<string, Held>() }
  let [left, filledAt] = [BUCKET.capacity, now()]

  /** False once the bucket is empty. */
  function pay(): boolean {
    left = Math.min(BUCKET.capacity, left + ((now() - filledAt) / 1_000) * BUCKET.refillPerSecond)
    filledAt = now()
    if (left < 1) return false
    left -= 1
    return true
  }

  function listOrders(query: URLSearchParams): Answer {
    const since = parseInstant(query.get('changed_since') ?? '')?.ms ?? Number.NEGATIVE_INFINITY
    const [page, size] = [Number(query.get('page')), Number(query.get('per_page'))]
    const found = [...orders.values()]
      .filter(({ changedAt }) => changedAt >= since)
      .sort((a, b) => a.changedAt - b.changedAt || a.id.localeCompare(b.id))
      .slice((page - 1) * size, page * size)
    return {
      status: 200,
      body: { orders: found.map(order => ({ ...order, changedAt: formatInstant(order.changedAt) })) },
    }
  }

  function write(records: Map<string, Held>, id: string, body: unknown): Answer {
    const known = records.get(id)
    records.set(id, { key: id, body, writes: (known?.writes ?? 0) + 1 })
    return { status: known ? 200 : 201, body: { id } }
  }

  function findParcels(reference: string): Answer {
    const found = [...held.shipment.values()].filter(
      ({ body }) => (body as { reference?: unknown }).reference === reference,
    )
    return { status: 200, body: { parcels: found.map(({ key }) => ({ id: key })) } }
  }

  async function answer(request: IncomingMessage): Promise<Answer> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://portal')
    const [, resource, id] = pathname.split('/').map(decodeURIComponent)
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return { status: 401, body: { error: 'token' } }
    if (!pay()) return { status: 429, body: { error: 'slow down' } }
    switch (`${request.method} ${resource}`) {
      case 'GET orders':
        return listOrders(searchParams)
      case 'PUT stock':
        return write(held.inventory, id ?? '', await json(request))
      case 'GET parcels':
        return findParcels(searchParams.get('reference') ?? '')
      case 'POST parcels':
        return write(held.shipment, `parcel-${held.shipment.size + 1}`, await json(request))
      case 'PUT parcels':
        return write(held.shipment, id ?? '', await json(request))
      default:
        return { status: 404, body: { error: 'nothing here' } }
    }
  }

  const server = createServer(async (request, response) => {
    const { status, body } = await answer(request)
    response.writeHead(status, {
      'content-type': 'application/json',
      'x-ratelimit-remaining': String(Math.floor(left)),
      ...(status === 429 ? { 'retry-after': '1' } : {}),
    })
    response.end(JSON.stringify(body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
    seed: (_feed, count, at) =>
      Array.from({ length: count }, (_, index) => {
        const id = String(1_000 + orders.size)
        orders.set(id, { id, changedAt: at + index * 1_000 })
        return id
      }),
    touch: (_feed, id, at) => void orders.set(id, { id, changedAt: at }),
    held: resource => [...(held[resource as keyof typeof held]?.values() ?? [])],
  }
}
