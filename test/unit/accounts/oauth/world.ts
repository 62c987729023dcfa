import { randomBytes } from 'node:crypto'
import type { HubConfig } from '#config/schema.ts'
import { loadOrCreateKek } from '#core/accounts/kek.ts'
import type { Apps } from '#core/accounts/oauth/apps.ts'
import { sealSecrets } from '#core/accounts/sealed-secrets.ts'
import { createVault } from '#core/accounts/vault.ts'
import type { Connector } from '#core/contracts/connector.ts'
import { ManualClock } from '#core/kernel/clock.ts'
import { createHttpClient } from '#core/kernel/http-client.ts'
import { createEmbeddedQueue } from '#core/queue/embedded/create-embedded-queue.ts'
import { createEmbeddedState } from '#core/resilience/embedded/embedded-state.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { CLIENT_ID, CLIENT_SECRET, oauthConnector, oauthPartner } from '#test/support/oauth-partner.ts'
import { composeAccounts } from '#workers/compose/accounts.ts'

export interface WorldOptions {
  connector?: Connector
  apps?: Apps
  declared?: HubConfig['connections']
}

const APPS: Apps = { boutique: { clientId: CLIENT_ID, clientSecret: [CLIENT_SECRET, 'app-secret-1'] } }

/** The accounts as the hub composes them, with a store in memory and a partner on a port of its own. */
export async function oauthWorld({
  connector = oauthConnector(),
  apps = APPS,
  declared = [],
}: WorldOptions = {}) {
  const partner = await oauthPartner()
  const clock = new ManualClock()
  const store = openSqliteStore({ url: ':memory:', engine: false })
  const vault = createVault({
    keks: loadOrCreateKek('', randomBytes(32).toString('base64'), randomBytes),
    random: randomBytes,
  })
  const http = createHttpClient({ clock, allowPrivateHosts: ['127.0.0.1'] })
  const queue = createEmbeddedQueue({ clock })
  let ids = 0
  const accounts = composeAccounts({
    config: {
      engine: { leaseMs: 30_000 },
      apps,
      publicUrl: 'https://hub.example',
      connections: declared.map(one => ({
        ...one,
        settings: { tokenUrl: `${partner.url}/token`, ...one.settings },
      })),
      tenants: [{ id: 'acme', name: 'Acme' }],
      security: { allowPrivateHosts: ['127.0.0.1'] },
    } as unknown as HubConfig,
    ...{ vault, store, queue, http, clock, shared: createEmbeddedState(clock) },
    telemetry: {
      attempt: () => undefined,
      count: () => undefined,
      observe: () => undefined,
      log: () => undefined,
    },
    connectors: new Map([['boutique', connector]]),
    random: () => 0,
    newId: () => `id-${ids++}`,
    probe: () => undefined,
  })

  return {
    ...{ partner, clock, store, vault, ...accounts },
    /** A connection that was made before, with these secrets. */
    async have(secrets: Record<string, string[]>, id = 'shop') {
      await store.connections.put({
        ...{ id, tenant: 'acme', connector: 'boutique', state: 'active', declared: false, updatedAt: 0 },
        settings: { shop: 'acme.example', tokenUrl: `${partner.url}/token` },
        secrets: sealSecrets(vault, id, secrets),
        tables: {},
      })
      return (await accounts.directory.reread(id))!
    },
    async close() {
      http.close()
      await queue.close()
      await store.close()
      await partner.close()
    },
  }
}

export type OAuthWorld = Awaited<ReturnType<typeof oauthWorld>>
