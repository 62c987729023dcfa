import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json, text } from 'node:stream/consumers'

interface Asked {
  query: URLSearchParams
}

export interface RestShop {
  listen(): Promise<string>
  /** Answers `GET path`. */
  list(path: string, answer: (asked: Asked) => unknown): void
  /** Gives tokens for client credentials that come in the form (RFC 6749 §4.4). */
  tokens(path: string, client: { id: string; secret: string; gives: string }): void
  readonly writes: { method: string; path: string; body: unknown }[]
  /** Calls without the credentials, or to nowhere. */
  readonly refused: string[]
  close(): Promise<void>
}

/** A little shop that knows nothing of the hub: lists, and a place to write to. */
export function restShop(credentials: Record<string, string>): RestShop {
  const lists = new Map<string, (asked: Asked) => unknown>()
  const writes: RestShop['writes'] = []
  const refused: string[] = []

  const endpoints = new Map<string, { id: string; secret: string; gives: string }>()

  async function giveToken(request: IncomingMessage, path: string) {
    const { id, secret, gives } = endpoints.get(path)!
    const form = new URLSearchParams(await text(request))
    const right = form.get('client_id') === id && form.get('client_secret') === secret
    return right && form.get('grant_type') === 'client_credentials'
      ? { status: 200, body: { access_token: gives, token_type: 'Bearer', expires_in: 3600 } }
      : { status: 401, body: { error: 'invalid_client' } }
  }

  async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://shop')
    if (endpoints.has(path)) return giveToken(request, path)
    const allowed = Object.entries(credentials).every(([name, value]) => request.headers[name] === value)
    const list = lists.get(path)
    if (allowed && request.method === 'GET' && list) return { status: 200, body: list({ query }) }
    if (allowed && request.method !== 'GET') {
      writes.push({ method: request.method ?? '', path, body: await json(request) })
      return { status: 200, body: { ok: true } }
    }
    refused.push(`${request.method} ${request.url}`)
    return { status: allowed ? 404 : 401, body: {} }
  }

  const server = createServer(async (request, response) => {
    const { status, body } = await answer(request)
    response.writeHead(status, { 'content-type': 'application/json', 'x-ratelimit-remaining': '39' })
    response.end(JSON.stringify(body))
  })

  return {
    ...{ writes, refused },
    list: (path, give) => void lists.set(path, give),
    tokens: (path, client) => void endpoints.set(path, client),
    async listen() {
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** An order as the portal writes it; people and prices are invented. */
export const portalOrder = (id: number, more: Record<string, unknown> = {}) => ({
  id,
  number: `P-${id}`,
  payment: 'open',
  reference: `PO ${id}`,
  placedAt: '2026-03-01T09:30:00+01:00',
  changedAt: '2026-03-01T09:30:00+01:00',
  currency: 'EUR',
  buyer: {
    company: 'Zoë & Söhne',
    street: 'Hauptstraße 1',
    zip: '01067',
    city: 'Dresden',
    country: 'DE',
    email: 'zoe@example.com',
  },
  lines: [{ sku: 'TENT-2', name: 'Tent', quantity: 2, price: '149.90' }],
  freight: 4.9,
  tax: '57.89',
  total: '362.59',
  ...more,
})
