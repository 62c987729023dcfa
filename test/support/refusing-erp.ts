import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An ERP that refuses every order until somebody has corrected its settings. */
export async function refusingErp() {
  const taken = new Set<string>()
  let corrected = false
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    response.setHeader('content-type', 'application/json')
    if (!corrected) return void response.writeHead(422).end('{"error":"Unknown tax code."}')
    const { key } = JSON.parse(Buffer.concat(chunks).toString()) as { key: string }
    taken.add(key)
    response.writeHead(201).end(JSON.stringify({ id: `S-${taken.size}` }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    correct: () => {
      corrected = true
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
