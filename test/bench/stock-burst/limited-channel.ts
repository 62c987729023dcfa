import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Connector, PushOperation, PushResult } from '#core/contracts/connector.ts'

export const CHANNELS = ['channel-1', 'channel-2', 'channel-3', 'channel-4']

/** Figures of one call, and calls a second, of each account. */
export const BATCH = 100
export const CALLS_PER_SECOND = 4

interface Figure {
  sku: string
  available: number
}

/** A partner that takes figures by the hundred and refuses whoever comes too often. */
export async function limitedPartner() {
  const shows = new Map<string, Map<string, number>>()
  const buckets = new Map<string, { tokens: number; at: number }>()
  let calls = 0
  let refused = 0

  function admits(account: string): boolean {
    const now = performance.now()
    const { tokens, at } = buckets.get(account) ?? { tokens: CALLS_PER_SECOND, at: now }
    const filled = Math.min(CALLS_PER_SECOND, tokens + ((now - at) / 1_000) * CALLS_PER_SECOND)
    // The two clocks are read a moment apart.
    const isAdmitted = filled >= 0.9
    buckets.set(account, { tokens: isAdmitted ? filled - 1 : filled, at: now })
    return isAdmitted
  }

  const server = createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
    const account = request.url!.slice(1)
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece as Buffer)
    if (!admits(account)) {
      refused++
      response.writeHead(429, { 'retry-after': '1' }).end()
      return
    }
    calls++
    const known = shows.get(account) ?? new Map<string, number>()
    shows.set(account, known)
    const found = (JSON.parse(String(Buffer.concat(pieces))) as Figure[]).map(({ sku, available }) => {
      const before = known.get(sku) ?? 0
      known.set(sku, available)
      return before
    })
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(found))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** How many items of an account show this. */
    showing: (account: string, available: number): number =>
      [...(shows.get(account)?.values() ?? [])].filter(figure => figure === available).length,
    counts: () => ({ calls, refused }),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** The connector of such a partner: what is to be written at once goes out together. */
export const limitedChannel = (url: string): Connector => ({
  manifest: {
    ...{
      id: 'bench-channel',
      name: 'Bench channel',
      kind: 'storefront',
      settings: {},
      secrets: {},
      topics: {},
    },
    api: { version: '1', docs: 'https://example.com' },
    pushes: { inventory: 'state' },
    limits: {
      buckets: { calls: { capacity: CALLS_PER_SECOND, refillPerSecond: CALLS_PER_SECOND } },
      price: () => ({ bucket: 'calls', operation: 'set', cost: 1 }),
    },
  },
  push: (operation, context) =>
    context.together<PushOperation, PushResult>(operation, {
      name: 'stock',
      max: BATCH,
      async send(operations) {
        for (const one of operations) one.sending()
        const { status, body } = await context.http.request({
          ...{ method: 'POST', url: `${url}/${context.connection.id}` },
          body: operations.map(one => one.body),
        })
        if (status !== 200) throw new Error(`HTTP ${status}`)
        return operations.map((one, index) => ({
          externalId: String(one.body['sku']),
          found: (body as number[])[index],
        }))
      },
    }),
})
