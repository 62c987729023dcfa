/** The receiving half of the hub as it runs in production: Express, verification, SQLite with its fsync, queue, telemetry. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { shopify } from '#connectors/storefronts/shopify/connector.ts'
import type { LiveConnection } from '#core/accounts/directory.ts'
import type { ConnectorContext } from '#core/contracts/connector.ts'
import { createLog } from '#core/health/log.ts'
import { createTelemetry } from '#core/health/telemetry.ts'
import { createAccept } from '#core/inbox/accept.ts'
import { createGate } from '#core/inbox/gate.ts'
import { messagePriority } from '#core/inbox/priority.ts'
import { systemClock as clock } from '#core/kernel/clock.ts'
import { noProbe } from '#core/kernel/probe.ts'
import { createEmbeddedQueue } from '#core/queue/embedded/create-embedded-queue.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { createIngress } from '#workers/web/ingress/ingress.ts'
import { BENCH_CONNECTION, BENCH_SECRET } from './load.ts'
import { reportTo } from './measured-child.ts'

const folder = mkdtempSync(join(tmpdir(), 'crossdock-bench-'))
const store = openSqliteStore({ url: `sqlite:${join(folder, 'hub.db')}`, engine: true })
const telemetry = createTelemetry({ log: createLog('warn'), clock, stats: store.stats })
const connection: LiveConnection = {
  id: BENCH_CONNECTION,
  tenant: 'acme',
  connector: 'shopify',
  settings: { shop: 'acme.myshopify.com' },
  secrets: { webhookSecret: [BENCH_SECRET] },
  state: 'active',
  tables: {},
  declared: true,
}

const app = express().disable('x-powered-by')
app.use(
  createIngress({
    directory: { get: async id => (id === connection.id ? connection : null) },
    connectors: new Map([['shopify', shopify]]),
    accept: createAccept({
      store,
      queue: createEmbeddedQueue({ clock }),
      telemetry,
      probe: noProbe,
      priorityOf: ({ topic, via }) => messagePriority(shopify.manifest.topics[topic], via),
    }),
    gate: createGate({ upkeep: store.upkeep, clock, highWater: 1_000_000 }),
    // Shopify signs with a secret: it asks for no key.
    contextFor: () => ({}) as ConnectorContext,
    telemetry,
    clock,
    publicUrl: 'http://127.0.0.1',
    maxBodyBytes: 5_242_880,
  }),
)

const server = createServer(app)
server.listen(0, '127.0.0.1', () => {
  reportTo(process, (server.address() as AddressInfo).port, async () => {
    server.closeAllConnections()
    await store.close()
    rmSync(folder, { recursive: true })
  })
})
