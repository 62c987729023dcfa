export const PROCESS_ROLES = ['web', 'poller', 'translator', 'deliverer', 'maintenance'] as const

export type ProcessRole = (typeof PROCESS_ROLES)[number]

export interface DeclaredConnection {
  id: string
  tenant: string
  connector: string
  settings: Record<string, unknown>
  /** Resolved values, newest first. */
  secrets: Record<string, string[]>
}

/** What this hub is registered as at a partner. */
export interface DeclaredApp {
  clientId: string
  /** Resolved values, newest first. */
  clientSecret: string[]
  redirectUri?: string
}

export interface Flow {
  id: string
  resource: string
  /** Connection ids or connector kinds. */
  from: string[]
  /** Also `origin`: the connection that the order of a shipment or return came from. */
  to: string[]
  /** JSONata over the document; false leaves it out. */
  when?: string
}

/** Everything the process was told, validated and resolved. */
export interface HubConfig {
  port: number
  /** Where a process without the web role answers `/livez`, `/readyz` and `/metrics`. */
  opsPort: number
  publicUrl: string
  dataDir: string
  roles: ProcessRole[]
  storeUrl: string
  queueUrl: string
  /** Key-encryption key as 32 bytes base64, or null: made in the data folder. */
  kek: string | null
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  tenants: { id: string; name: string }[]
  connections: DeclaredConnection[]
  /** By connector. */
  apps: Record<string, DeclaredApp>
  flows: Flow[]
  mappings: {
    /** Folder of mappings and overlays laid over the shipped ones, or null. */
    overlays: string | null
  }
  security: { allowPrivateHosts: string[] }
  inbox: { maxBodyBytes: number; highWater: number }
  retention: { messagesDays: number; statsDays: number }
  engine: {
    translateConcurrency: number
    deliverConcurrency: number
    leaseMs: number
    sweepMs: number
    httpTimeoutMs: number
    dependencyWaitHours: number
    crashLimit: number
    drainMs: number
    farewellMs: number
  }
}
