import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as a simulator reads it. */
export interface Asked {
  method: string
  path: string
  query: URLSearchParams
  /** Lower-case names. */
  headers: Readonly<Record<string, string | undefined>>
  /** JSON parsed, a form as `URLSearchParams`, everything else as text; undefined where there is none. */
  body: unknown
  /** Scheme, host and port that the caller used, for links in answers. */
  origin: string
}

export interface Reply {
  status: number
  headers?: Record<string, string>
  /** An object is written as JSON, text as it is. */
  body?: unknown
}

export interface Route {
  method: string
  /** The whole path; groups are handed to `answer`, decoded. */
  path: RegExp
  answer(asked: Asked, ...groups: string[]): Reply | Promise<Reply>
}

export interface PartnerServer {
  routes: readonly Route[]
  /** Authentication and limits: a reply ends the request here. */
  guard?(asked: Asked): Reply | undefined
  /** Headers of every reply. */
  headers?(asked: Asked): Record<string, string>
  notFound?: Reply
}

/** The plain half of every simulator: reads requests, finds the route, writes replies, on a free port of 127.0.0.1. */
export async function servePartner(
  partner: PartnerServer,
): Promise<{ baseUrl: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(partner, request).then(
      ({ asked, reply }) =>
        write(response, { ...reply, headers: { ...partner.headers?.(asked), ...reply.headers } }),
      (error: unknown) => write(response, { status: 400, body: { error: String(error) } }),
    )
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
  }
}

async function answer(
  partner: PartnerServer,
  request: IncomingMessage,
): Promise<{ asked: Asked; reply: Reply }> {
  const asked = await read(request)
  const refused = partner.guard?.(asked)
  if (refused) return { asked, reply: refused }
  for (const route of partner.routes) {
    const [whole, ...groups] = (route.method === asked.method && route.path.exec(asked.path)) || []
    if (whole === asked.path)
      return {
        asked,
        reply: await route.answer(asked, ...groups.map(group => decodeURIComponent(group ?? ''))),
      }
  }
  return { asked, reply: partner.notFound ?? { status: 404, body: { message: 'Not found' } } }
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { method = 'GET', url = '/' } = request
  const headers = request.headers as Asked['headers']
  const origin = `http://${headers['host']}`
  const { pathname: path, searchParams: query } = new URL(url, origin)
  return { method, path, query, headers, body: parsed(Buffer.concat(chunks).toString(), headers), origin }
}

function parsed(text: string, headers: Asked['headers']): unknown {
  if (text === '') return undefined
  const type = headers['content-type'] ?? ''
  if (type.includes('json')) return JSON.parse(text)
  return type.includes('x-www-form-urlencoded') ? new URLSearchParams(text) : text
}

function write(response: ServerResponse, { status, headers = {}, body }: Reply): void {
  const isText = typeof body === 'string'
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8'
  response
    .writeHead(status, { ...(body === undefined ? {} : { 'content-type': type }), ...headers })
    .end(body === undefined ? undefined : isText ? body : JSON.stringify(body))
}
