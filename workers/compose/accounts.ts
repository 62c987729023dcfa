import { randomBytes } from 'node:crypto'
import type { HubConfig } from '#config/schema.ts'
import { createRecordAct, type RecordAct } from '#core/accounts/audit.ts'
import { createDirectory, type LiveDirectory } from '#core/accounts/directory.ts'
import { createKeepHandedOver, type KeepHandedOver } from '#core/accounts/keep-handed-over.ts'
import { createManageConnections, type ManageConnections } from '#core/accounts/manage-connections.ts'
import { appSecrets } from '#core/accounts/oauth/apps.ts'
import { type Connect, createConnect } from '#core/accounts/oauth/connect.ts'
import { createPendings } from '#core/accounts/oauth/pending.ts'
import { createSealTokens } from '#core/accounts/oauth/seal-tokens.ts'
import { createTokenEndpoint } from '#core/accounts/oauth/token-endpoint.ts'
import { createTokens, type TokenFor } from '#core/accounts/oauth/tokens.ts'
import { createUnderLock } from '#core/accounts/oauth/under-lock.ts'
import { createPrivacy, type Privacy } from '#core/accounts/privacy/privacy.ts'
import { sealSecrets } from '#core/accounts/sealed-secrets.ts'
import { createUnauthorize, type Unauthorize } from '#core/accounts/unauthorize.ts'
import type { Vault } from '#core/accounts/vault.ts'
import type { Connector, HttpClient } from '#core/contracts/connector.ts'
import type { Queue } from '#core/contracts/queue.ts'
import type { Store } from '#core/contracts/store.ts'
import type { Telemetry } from '#core/contracts/telemetry.ts'
import type { Clock } from '#core/kernel/clock.ts'
import type { Probe } from '#core/kernel/probe.ts'
import { createRefreshOnce } from '#core/resilience/refresh-once.ts'
import type { SharedState } from '#core/resilience/shared-state.ts'

export interface AccountsParts {
  config: HubConfig
  vault: Vault
  store: Store
  queue: Queue
  telemetry: Telemetry
  shared: SharedState
  http: HttpClient
  connectors: ReadonlyMap<string, Connector>
  clock: Clock
  random: () => number
  newId: () => string
  probe: Probe
}

/** Connections, their credentials, and the acts of people on them. */
export interface Accounts extends Privacy {
  directory: LiveDirectory & { ensureDeclared(): Promise<string[]> }
  record: RecordAct
  connections: ManageConnections
  unauthorize: Unauthorize
  tokenFor: TokenFor
  keepHandedOver: KeepHandedOver
  connect: Connect
}

export function composeAccounts(parts: AccountsParts): Accounts {
  const { config, vault, store, connectors, clock, shared } = parts
  const { apps, publicUrl, connections: declared } = config
  const sharedSecrets = (connector: string) => {
    const manifest = connectors.get(connector)?.manifest
    return manifest ? appSecrets(manifest, apps) : {}
  }
  const directory = createDirectory({ store, declared, vault, clock, sharedSecrets })
  const common = {
    ...parts,
    ...{ directory, apps, publicUrl, sharedSecrets },
    record: createRecordAct({ store, clock }),
    sealTokens: createSealTokens({ vault, declared }),
    underLock: createUnderLock({ locks: shared.locks, clock }),
    unauthorize: createUnauthorize({ ...parts, directory }),
    ask: createTokenEndpoint({ ...parts, allowPrivateHosts: config.security.allowPrivateHosts }),
  }
  const connections = createManageConnections({
    ...common,
    tenants: config.tenants,
    seal: async (connection, secrets) => sealSecrets(vault, connection, secrets),
  })
  return {
    ...{ directory, connections },
    ...createPrivacy({ ...common, random: randomBytes, leaseMs: config.engine.leaseMs }),
    record: common.record,
    unauthorize: common.unauthorize,
    keepHandedOver: createKeepHandedOver({ ...common, declared }),
    tokenFor: createTokens({ ...common, refreshOnce: createRefreshOnce({ ...parts, locks: shared.locks }) }),
    connect: createConnect({
      ...common,
      connections,
      pendings: createPendings({ store, vault, random: randomBytes, clock }),
    }),
  }
}
