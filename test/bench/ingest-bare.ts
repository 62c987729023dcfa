/** The yardstick: node:http that verifies and parses, and keeps nothing. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BENCH_SECRET } from './load.ts'
import { reportTo } from './measured-child.ts'

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', chunk => chunks.push(chunk))
  request.on('end', () => {
    const body = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
    const expected = createHmac('sha256', BENCH_SECRET).update(body).digest()
    const given = Buffer.from(String(request.headers['x-shopify-hmac-sha256']), 'base64')
    const holds = given.length === expected.length && timingSafeEqual(given, expected)
    if (holds) JSON.parse(body.toString())
    response.writeHead(holds ? 200 : 401, { 'content-length': 0 }).end()
  })
})

server.listen(0, '127.0.0.1', () => {
  reportTo(process, (server.address() as AddressInfo).port, () => server.closeAllConnections())
})
