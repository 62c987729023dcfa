import { createHmac } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { sampleOrder } from './sample-order.ts'

export const BENCH_CONNECTION = 'acme-shopify'
export const BENCH_SECRET = 'bench-secret'

const BODY = sampleOrder(450_789_469)
const SIGNATURE = createHmac('sha256', BENCH_SECRET).update(BODY).digest('base64')

/** Up to the event id, which alone differs: the load must cost less than what it loads. */
const HEAD = [
  `POST /webhooks/${BENCH_CONNECTION} HTTP/1.1`,
  'Host: hub.example',
  'User-Agent: Shopify-Captain-Hook',
  'Accept: */*',
  'Content-Type: application/json',
  `Content-Length: ${BODY.length}`,
  'X-Shopify-Topic: orders/create',
  'X-Shopify-Shop-Domain: acme.myshopify.com',
  'X-Shopify-API-Version: 2026-10',
  `X-Shopify-Hmac-Sha256: ${SIGNATURE}`,
  'X-Shopify-Triggered-At: 2026-01-15T12:00:00.000000000Z',
  'X-Shopify-Event-Id: ',
].join('\r\n')

const TAIL = `\r\n\r\n${BODY.toString('latin1')}`

let sent = 0

export interface Load {
  requests: number
  seconds: number
}

/** Keeps every connection busy with one request at a time; throws at the first answer that is no 200. */
export async function load(port: number, connections: number, seconds: number): Promise<Load> {
  const startedAt = performance.now()
  const until = startedAt + seconds * 1_000
  const counts = await Promise.all(Array.from({ length: connections }, () => caller(port, until)))
  return {
    requests: counts.reduce((sum, count) => sum + count, 0),
    seconds: (performance.now() - startedAt) / 1_000,
  }
}

function caller(port: number, until: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let answered = 0
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.on('connect', () => ask(socket))
    socket.on('error', reject)
    // The answers have a short head and no body: one comes as one piece.
    socket.on('data', (piece: Buffer) => {
      if (piece.toString('latin1', 9, 12) !== '200')
        return socket.destroy(new Error(piece.toString('latin1')))
      answered++
      if (performance.now() < until) return ask(socket)
      socket.destroy()
      resolve(answered)
    })
  })
}

const ask = (socket: Socket): boolean => socket.write(`${HEAD}${++sent}-${process.pid}${TAIL}`, 'latin1')
