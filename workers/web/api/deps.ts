import type { Flow } from '#config/schema.ts'
import type { RecordAct } from '#core/accounts/audit.ts'
import type { Directory, LiveConnection } from '#core/accounts/directory.ts'
import type { Keys } from '#core/accounts/keys.ts'
import type { ManageConnections } from '#core/accounts/manage-connections.ts'
import type { Connect } from '#core/accounts/oauth/connect.ts'
import type { SignIn } from '#core/accounts/sign-in.ts'
import type { Connector, ConnectorContext } from '#core/contracts/connector.ts'
import type { Store } from '#core/contracts/store.ts'
import type { Telemetry } from '#core/contracts/telemetry.ts'
import type { Mask } from '#core/deadletter/mask.ts'
import type { DeadLetterOperations } from '#core/deadletter/operations.ts'
import type { Clock } from '#core/kernel/clock.ts'
import type { MappingCatalogue } from '#core/mapping/catalogue/mapping-catalogue.ts'
import type { Publishing } from '#core/mapping/catalogue/publish.ts'
import type { ShipByRow } from '#core/orchestration/ship-by.ts'
import type { ReplayRange } from '#core/sync/replay-range.ts'
import type { Shadow } from '#core/sync/shadow.ts'
import type { TryMapping } from '#core/sync/try-mapping.ts'
import type { SubscribeNow } from '../../poller/subscribe-now.ts'

/** The part of `core/health` that the API shows. With a tenant: only what belongs to it. */
export interface HealthSource {
  snapshot(tenant?: string): Promise<object>
  report(range: { from: number; to: number }, tenant?: string): Promise<object>
  /** Calls back with every new snapshot until the returned function is called. */
  onSnapshot(listener: (snapshot: object) => void, tenant?: string): () => void
}

/** All that the API works with; made by the composition root. */
export interface ApiDeps {
  store: Store
  directory: Directory
  connectors: ReadonlyMap<string, Connector>
  connections: ManageConnections
  connect: Pick<Connect, 'invite'>
  subscribeNow: SubscribeNow
  operations: DeadLetterOperations
  keys: Keys
  signIn: SignIn
  health: HealthSource
  shipBy(): Promise<readonly ShipByRow[]>
  mask: Mask
  record: RecordAct
  contextFor(connection: LiveConnection, signal: AbortSignal): ConnectorContext
  catalogue: MappingCatalogue
  publishing: Publishing
  shadow: Shadow
  tryMapping: TryMapping
  replayRange: ReplayRange
  config: {
    flows: readonly Flow[]
    tenants: readonly { id: string; name: string }[]
    /** Connectors that the hub has an app at. */
    apps: readonly string[]
    publicUrl: string
    /** Bound of a message body, and so of an edited payload. */
    maxBodyBytes: number
  }
  clock: Clock
  telemetry: Telemetry
}
