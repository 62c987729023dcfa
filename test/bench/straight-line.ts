/**
 * What a good engineer writes without a hub: verify, parse, one durable insert, a hand-written mapping, Ajv and a keep-alive
 * POST, one after the other, then the answer. No retry, no order, no dedupe beyond the key.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createValidator } from '#core/documents/validate.ts'
import { BENCH_SECRET } from './load.ts'
import { handWritten } from './mapping-order/hand-written.ts'
import { orderSchema } from './mapping-order/order.schema.ts'
import { reportTo } from './measured-child.ts'

const erpPort = Number(process.argv[2])
const folder = mkdtempSync(join(tmpdir(), 'bench-straight-'))
const database = new DatabaseSync(join(folder, 'inbox.db'))
database.exec(
  'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE inbox (id TEXT PRIMARY KEY, body BLOB)',
)
const insert = database.prepare('INSERT OR IGNORE INTO inbox (id, body) VALUES (?, ?)')
const validator = createValidator({ order: orderSchema })
const agent = new Agent({ keepAlive: true })

function post(document: { [name: string]: unknown }, key: string): Promise<number> {
  const body = JSON.stringify({ key, ...document })
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  return new Promise((resolve, reject) => {
    request(
      { port: erpPort, host: '127.0.0.1', method: 'PUT', path: `/order/${key}`, agent, headers },
      answer => {
        answer.resume().on('end', () => resolve(answer.statusCode ?? 0))
      },
    )
      .on('error', reject)
      .end(body)
  })
}

async function handle(body: Buffer, signature: string, eventId: string): Promise<number> {
  const expected = createHmac('sha256', BENCH_SECRET).update(body).digest()
  const given = Buffer.from(signature, 'base64')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 401
  const order = JSON.parse(body.toString())
  insert.run(eventId, body)
  const { body: document } = handWritten(order)
  if (validator.validate('order', document).length > 0) return 422
  return (await post(document, `acme:acme-shopify:${order.id}`)) < 300 ? 200 : 502
}

const server = createServer((incoming, response) => {
  const chunks: Buffer[] = []
  incoming.on('data', chunk => chunks.push(chunk))
  incoming.on('end', async () => {
    const { 'x-shopify-hmac-sha256': signature, 'x-shopify-event-id': eventId } = incoming.headers
    const status = await handle(Buffer.concat(chunks), String(signature), String(eventId))
    response.writeHead(status, { 'content-length': 0 }).end()
  })
})

server.listen(0, '127.0.0.1', () => {
  reportTo(process, (server.address() as AddressInfo).port, () => {
    server.closeAllConnections()
    database.close()
    rmSync(folder, { recursive: true })
  })
})
