/** One process of `expired-token.test.ts`: calls a partner at once so many times with a token that has expired. */
import { randomBytes } from 'node:crypto'
import { Redis } from 'ioredis'
import type { HubConfig } from '#config/schema.ts'
import { loadOrCreateKek } from '#core/accounts/kek.ts'
import { createVault } from '#core/accounts/vault.ts'
import { systemClock as clock } from '#core/kernel/clock.ts'
import { createHttpClient } from '#core/kernel/http-client.ts'
import { newId } from '#core/kernel/ids.ts'
import { noProbe } from '#core/kernel/probe.ts'
import { createEmbeddedQueue } from '#core/queue/embedded/create-embedded-queue.ts'
import { createRedisState } from '#core/resilience/redis/redis-state.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { CLIENT_ID, CLIENT_SECRET, oauthConnector } from '#test/support/oauth-partner.ts'
import { composeAccounts } from '#workers/compose/accounts.ts'
import { createContextFor } from '#workers/compose/context-for.ts'

interface Given {
  redis: string
  prefix: string
  store: string
  kek: string
  partner: string
  calls: number
}

const given = JSON.parse(process.argv[2]!) as Given
const store = openSqliteStore({ url: given.store, engine: false })
const shared = createRedisState({ connection: new Redis(given.redis), prefix: given.prefix })
const http = createHttpClient({ clock, allowPrivateHosts: ['127.0.0.1'] })
const queue = createEmbeddedQueue({ clock })
const telemetry = {
  attempt: () => undefined,
  count: () => undefined,
  observe: () => undefined,
  log: () => undefined,
}
const parts = {
  ...{ store, shared, http, queue, telemetry, clock, newId, random: Math.random, probe: noProbe },
  connectors: new Map([['boutique', oauthConnector()]]),
}
const { directory, tokenFor } = composeAccounts({
  ...parts,
  vault: createVault({ keks: loadOrCreateKek('', given.kek, randomBytes), random: randomBytes }),
  config: {
    engine: { leaseMs: 30_000 },
    apps: { boutique: { clientId: CLIENT_ID, clientSecret: [CLIENT_SECRET] } },
    publicUrl: 'https://hub.example',
    ...{ connections: [], tenants: [] },
    security: { allowPrivateHosts: ['127.0.0.1'] },
  } as unknown as HubConfig,
})
const { buckets, locks } = shared
const contextFor = createContextFor({ ...parts, tokenFor, buckets, locks, httpTimeoutMs: 30_000 })

/** As `createApi` of the SDK does it: one new token for a refused one, once. */
async function call(): Promise<number> {
  const context = contextFor((await directory.get('shop'))!, new AbortController().signal)
  const ask = async (token: string) => {
    const headers = { authorization: `Bearer ${token}` }
    return (await context.http.request({ method: 'GET', url: `${given.partner}/orders`, headers })).status
  }
  const token = await context.token()
  const status = await ask(token)
  return status === 401 ? ask(await context.token(token)) : status
}

const statuses = await Promise.all(Array.from({ length: given.calls }, call))
http.close()
await Promise.all([shared.close(), queue.close(), store.close()])
console.log(JSON.stringify(statuses))
