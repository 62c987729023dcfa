import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as pass } from 'node:timers/promises'
import { afterEach, describe, expect, it } from '@jest/globals'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { connection } from '../conformance/store/samples.ts'
import { dropKeys, redisUrl } from '../support/redis.ts'
import { inProcesses } from './children.ts'

const server = redisUrl()
const prefix = `test-${randomUUID()}`

/** Refresh tokens work once, and a refresh takes long enough for everybody to find the old token expired. */
function createPartner() {
  let generation = 0
  let refreshes = 0
  const http: Server = createServer(async (request, response) => {
    if (request.url !== '/token') {
      const good = request.headers.authorization === `Bearer access-${generation}` && generation > 0
      return void response.writeHead(good ? 200 : 401).end()
    }
    refreshes += 1
    if ((await text(request)) !== `refresh-${generation}`) return void response.writeHead(400).end()
    await pass(300)
    generation += 1
    response.end(JSON.stringify({ access: `access-${generation}`, refresh: `refresh-${generation}` }))
  })
  return { http, refreshes: () => refreshes }
}

const describeIf = server ? describe : describe.skip

describeIf('an expired token', () => {
  const { http, refreshes } = createPartner()
  afterEach(async () => {
    http.closeAllConnections()
    http.close()
    await dropKeys(server!, prefix)
  })

  it('is refreshed once for 50 calls at once in each of 4 processes, and every call succeeds', async () => {
    await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
    const file = join(mkdtempSync(join(tmpdir(), 'expired-token-')), 'hub.db')
    const store = await openSqliteStore({ url: file, engine: false })
    await store.connections.put(connection('shop', { secrets: { access: 'access-0', refresh: 'refresh-0' } }))
    const statuses = await inProcesses<number[]>(4, './expired-token-child.ts', {
      ...{ redis: server!, prefix, store: file, calls: 50 },
      partner: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    })
    await store.close()
    expect(statuses.flat()).toEqual(Array(200).fill(200))
    expect(refreshes()).toBe(1)
  }, 60_000)
})
