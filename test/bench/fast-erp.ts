import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FastErp {
  port: number
  /** When each order id arrived. */
  arrived: Map<number, number>
  close(): Promise<void>
}

/** In the parent, so that what it costs is on neither side's account. Answers at once, or after `delayMs`. */
export async function fastErp(delayMs = 0): Promise<FastErp> {
  const arrived = new Map<number, number>()
  const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, response) => {
    const id = Number(/(\d+)$/.exec(decodeURIComponent(incoming.url ?? ''))?.[1])
    if (incoming.method === 'PUT' && !arrived.has(id)) arrived.set(id, performance.now())
    const text = `{"id":"${id}"}`
    const answer = () =>
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length }).end(text)
    incoming.resume().on('end', () => (delayMs > 0 ? setTimeout(answer, delayMs) : answer()))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    arrived,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
