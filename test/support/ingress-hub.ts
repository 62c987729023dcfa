import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import express from 'express'
import type { LiveConnection } from '#core/accounts/directory.ts'
import type {
  Connector,
  ConnectorContext,
  RawMessage,
  RawRequest,
  Received,
} from '#core/contracts/connector.ts'
import type { HubError } from '#core/errors/hub-error.ts'
import type { Accept } from '#core/inbox/accept.ts'
import { SIGNATURE_SCHEMES } from '#core/inbox/signatures/schemes.ts'
import { verifySignature } from '#core/inbox/signatures/verify.ts'
import { ManualClock } from '#core/kernel/clock.ts'
import { createIngress } from '#workers/web/ingress/ingress.ts'

const SECRET = 'hush'
export const BODY = '{"id":1}'
export const MAX_BODY_BYTES = 1_000

export const sign = (body: string | Buffer) => createHmac('sha256', SECRET).update(body).digest('base64')

/** A partner like Shopify that also answers a challenge, and one that only takes documents. */
const partner: Connector = {
  manifest: { id: 'partner' } as Connector['manifest'],
  receive(request, { secrets }): Received {
    const code = new URL(request.url).searchParams.get('challenge')
    if (request.method === 'GET') {
      return code
        ? {
            ok: true,
            messages: [],
            answer: { status: 201, headers: { 'x-challenge': 'yes' }, body: `«${code}»` },
          }
        : { ok: false, code: 'REQUEST_INVALID', status: 400, detail: 'No challenge.' }
    }
    const verdict = verifySignature(SIGNATURE_SCHEMES.shopify, request, secrets['webhookSecret'] ?? [], {
      now: 0,
    })
    if (!verdict.ok) return { ...verdict, status: 401 }
    const count = Number(request.headers['x-count'] ?? 1)
    const messages = Array.from({ length: count }, (_, index) => ({
      topic: 'orders/create',
      dedupeKey: `${request.headers['x-event-id']}-${index}`,
      headers: { ...request.headers },
      body: request.body,
    }))
    return { ok: true, messages }
  },
}

export interface IngressHub {
  url: string
  port: number
  requests: RawRequest[]
  accepted: { connection: string; messages: readonly RawMessage[] }[]
  counted: string[]
  set: { accept?: Accept; gate?: HubError; receive?: Connector['receive'] }
}

const servers: Server[] = []

/** For `afterEach`: ends every server that `ingressHub` began. */
export async function closeHubs(): Promise<void> {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
}

/** The ingress alone on a port of its own, over a store that only remembers what it was given. */
export async function ingressHub(): Promise<IngressHub> {
  const known: IngressHub = { url: '', port: 0, requests: [], accepted: [], counted: [], set: {} }
  const ids = new Set<string>()
  const storing: Accept = async (connection, _via, messages) => {
    known.accepted.push({ connection: connection.id, messages })
    const fresh = messages.filter(({ dedupeKey }) => !ids.has(dedupeKey))
    for (const { dedupeKey } of fresh) ids.add(dedupeKey)
    return { stored: fresh.length, duplicates: messages.length - fresh.length, ids: [] }
  }
  const connection = (id: string, state: LiveConnection['state'], connector = 'partner'): LiveConnection => ({
    id,
    tenant: 'acme',
    connector,
    settings: {},
    secrets: { webhookSecret: [SECRET] },
    state,
    tables: {},
    declared: true,
  })
  const connections = [
    connection('acme', 'active'),
    connection('resting', 'paused'),
    connection('erp', 'active', 'silent'),
  ]
  const ingress = createIngress({
    directory: { get: async id => connections.find(one => one.id === id) ?? null },
    connectors: new Map<string, Connector>([
      [
        'partner',
        {
          ...partner,
          receive(request, view, context) {
            known.requests.push(request)
            return (known.set.receive ?? partner.receive!)(request, view, context)
          },
        },
      ],
      ['silent', { manifest: { id: 'silent' } as Connector['manifest'] }],
    ]),
    accept: (...given) => (known.set.accept ?? storing)(...given),
    contextFor: () => ({}) as ConnectorContext,
    gate: {
      check() {
        if (known.set.gate) throw known.set.gate
      },
    },
    telemetry: {
      count: (name, labels) => known.counted.push(`${name} ${labels?.['connection']} ${labels?.['result']}`),
      observe: () => undefined,
      log: (_level, message, fields) => known.counted.push(`${message} ${fields?.['code']}`),
    },
    clock: new ManualClock(),
    publicUrl: 'https://hub.example/base/',
    maxBodyBytes: MAX_BODY_BYTES,
  })
  const app = express()
  app.use(ingress)
  const server = createServer(app).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  known.port = (server.address() as AddressInfo).port
  known.url = `http://127.0.0.1:${known.port}`
  return known
}

/** A signed webhook, as a client would send it. */
export const post = (url: string, body: string | Buffer = BODY, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    body,
    headers: { 'x-shopify-hmac-sha256': sign(body), 'x-event-id': 'e1', ...headers },
  })

/** Bytes as they are: for requests that no client would make. */
export async function sendRaw(port: number, bytes: string | Buffer, end = false): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  const chunks: Buffer[] = []
  socket.on('data', chunk => chunks.push(chunk))
  socket.on('error', error => chunks.push(Buffer.from(String(error))))
  if (end) socket.end(bytes)
  else socket.write(bytes)
  await once(socket, 'close')
  return Buffer.concat(chunks).toString()
}
