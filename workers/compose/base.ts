import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import type { HubConfig } from '#config/schema.ts'
import { CONNECTORS } from '#connectors/registry.ts'
import { loadOrCreateKek } from '#core/accounts/kek.ts'
import { createKeys, type Keys } from '#core/accounts/keys.ts'
import { createSignIn, type SignIn } from '#core/accounts/sign-in.ts'
import { createVault } from '#core/accounts/vault.ts'
import { wakeHeld } from '#core/accounts/wake-held.ts'
import type { Connector, Manifest } from '#core/contracts/connector.ts'
import type { Queue } from '#core/contracts/queue.ts'
import type { Store } from '#core/contracts/store.ts'
import { maskPersonal } from '#core/deadletter/mask.ts'
import { createDeadLetterOperations, type DeadLetterOperations } from '#core/deadletter/operations.ts'
import { createLog } from '#core/health/log.ts'
import { createTelemetry, type HubTelemetry } from '#core/health/telemetry.ts'
import { type Clock, systemClock } from '#core/kernel/clock.ts'
import { createHttpClient } from '#core/kernel/http-client.ts'
import { type NewId, newId } from '#core/kernel/ids.ts'
import { noProbe, type Probe } from '#core/kernel/probe.ts'
import type { SharedState } from '#core/resilience/shared-state.ts'
import { createSubscribeNow, type SubscribeNow } from '../poller/subscribe-now.ts'
import { type Accounts, composeAccounts } from './accounts.ts'
import { type ContextFor, createContextFor } from './context-for.ts'
import { openQueue, openStore } from './drivers.ts'
import { openSharedState } from './shared-state.ts'

const shipped: ReadonlyMap<string, Connector> = new Map(
  CONNECTORS.map(connector => [connector.manifest.id, connector]),
)

/** What the configuration is checked against. */
export const manifests: ReadonlyMap<string, Manifest> = new Map(
  CONNECTORS.map(({ manifest }) => [manifest.id, manifest]),
)

/** What tests and the demo put in place of the real thing. */
export interface Seams {
  clock?: Clock
  random?: () => number
  newId?: NewId
  probe?: Probe
  connectors?: ReadonlyMap<string, Connector>
}

/** Everything that the hub's processes and its command line share: drivers, accounts, operations. */
export interface Base extends Required<Seams>, Accounts {
  config: HubConfig
  /** Names this process in leases. */
  owner: string
  store: Store
  queue: Queue
  telemetry: HubTelemetry
  keys: Keys
  signIn: SignIn
  operations: DeadLetterOperations
  shared: SharedState
  contextFor: ContextFor
  subscribeNow: SubscribeNow
  /** Breaks off every call to a partner with `SHUTDOWN`, so that the work it is for is handed back. */
  giveUp(): void
  close(): Promise<void>
}

/** `engine`: this process runs workers and takes the store for itself; the command line does not. */
export async function composeBase(config: HubConfig, engine: boolean, seams: Seams = {}): Promise<Base> {
  const parts = {
    clock: systemClock,
    random: Math.random,
    newId,
    probe: noProbe,
    connectors: shipped,
    ...seams,
  }
  const { clock } = parts
  const vault = createVault({
    keks: loadOrCreateKek(config.dataDir, config.kek, randomBytes),
    random: randomBytes,
  })
  const store = await openStore(config, engine)
  const telemetry = createTelemetry({
    log: createLog(config.logLevel),
    clock,
    stats: store.stats,
    processMetrics: engine,
  })
  const queue = await openQueue(config, { clock, telemetry }).catch(async error => {
    await store.close()
    throw error
  })
  const shared = await openSharedState(config, { clock, telemetry })
  const http = createHttpClient({
    clock,
    allowPrivateHosts: config.security.allowPrivateHosts,
    timeoutMs: config.engine.httpTimeoutMs,
  })
  const accounts = composeAccounts({ ...parts, config, vault, store, queue, telemetry, shared, http })
  const { directory, record, tokenFor } = accounts
  if (engine)
    await accounts.proveKey().catch(async error => {
      await Promise.all([queue.close(), shared.close()])
      await store.close()
      throw error
    })
  const contextFor = createContextFor({
    ...parts,
    ...shared,
    ...{ http, telemetry, tokenFor },
    httpTimeoutMs: config.engine.httpTimeoutMs,
  })
  // Reading beside a running hub must not let go what waits for authorisation.
  if (engine) for (const id of await directory.ensureDeclared()) await wakeHeld({ store, queue, clock }, id)

  return {
    ...parts,
    config,
    owner: `${hostname()}:${process.pid}:${parts.newId()}`,
    store,
    queue,
    telemetry,
    ...accounts,
    shared,
    keys: createKeys({ store, random: randomBytes, clock }),
    signIn: createSignIn({ store, random: randomBytes, clock, publicUrl: config.publicUrl }),
    operations: createDeadLetterOperations({
      ...{ store, queue, clock, record },
      newId: parts.newId,
      mask: maskPersonal,
      maxBodyBytes: config.inbox.maxBodyBytes,
      refresh: id => directory.refresh(id),
    }),
    contextFor,
    subscribeNow: createSubscribeNow({
      ...{ ...parts, ...accounts, store, telemetry, contextFor },
      ...subscribeSettings(config),
    }),
    giveUp: () => http.giveUp(),
    async close() {
      await queue.close()
      await shared.close()
      await telemetry.flush()
      http.close()
      await store.close()
    },
  }
}

/** Where partners send webhooks, and whether they may be local. */
export const subscribeSettings = ({ publicUrl, security }: HubConfig) => ({
  publicUrl,
  allowPrivateHosts: security.allowPrivateHosts,
})
