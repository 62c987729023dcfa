import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { Market } from './market.ts'

/** Of the writes of stock that arrive: refused before anything changed, and kept though the answer says otherwise. */
const FAULTS = { before: 0.08, after: 0.08 }

/** The stock of several shops, by `PUT /<shop>/stock/<sku>`. They neither compare nor tell what they showed. */
export async function serveShops(market: Market, random: () => number) {
  const server = createServer(async (request, response) => {
    const [, shop = '', , sku = ''] = request.url!.split('/')
    const { quantity } = (await json(request)) as { quantity: number }
    const luck = random()
    if (luck >= FAULTS.before) market.write(shop, decodeURIComponent(sku), quantity)
    const isWell = luck >= FAULTS.before + FAULTS.after
    response.writeHead(isWell ? 200 : 500, { 'content-type': 'application/json' }).end('{"ok":true}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
