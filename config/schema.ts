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
  /** Of orders: JSONata over each line; only lines for which it holds go to the destinations. */
  lines?: string
}

/** An order that fits it does not go to these destinations until it no longer does, or somebody releases it. */
export interface HoldRule {
  id: string
  /** JSONata over the order, with `$addressProblems` and `$unknownSkus`. */
  when: string
  /** Connection ids, connector ids or kinds. */
  to: string[]
  /** Who decides. */
  owner: string
  /** How long the owner has; then it is escalated. */
  hours: number
  /** To whom; the owner keeps it unless told. */
  escalate?: string
}

/** How much of the stock one channel may show. */
export interface StockChannel {
  /** Locations whose units it sells; all unless told. */
  locations?: string[]
  /** Units kept back from it. */
  buffer: number
  /** Of what can be sold. */
  percent: number
  /** The most it shows. */
  cap?: number
  /** It shows nothing rather than fewer. */
  minimum: number
  /** Lower ones are served first where the pool is split. */
  priority: number
  /** Its own name of the place whose stock is written. */
  at?: string
}

/** How the stock of a tenant is counted, reserved and offered. */
export interface StockRule {
  tenant: string
  /** Connections whose counts hold, and which hold the orders; of two that count one location, the first. */
  sources: string[]
  /** Age at which a count is stale; 0: never. */
  staleMinutes: number
  /** Percent of a stale count that is not offered. */
  staleHoldBack: number
  reservationHours: number
  /** How late a sale or a change of stock may be heard of. */
  settleSeconds: number
  /** Up to this many units the pool is split: what all channels show is never more than there is. */
  splitBelow: number
  /** By connection. */
  channels: Record<string, StockChannel>
  /** SKU of a bundle → SKU of a component → how many. */
  bundles: Record<string, Record<string, number>>
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
  /** The first that fits an order counts. */
  holds: HoldRule[]
  /** One a tenant. */
  stock: StockRule[]
  alerts: {
    /** How long before an order must have been shipped it is called out. */
    shipByHours: number
  }
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
    publishConcurrency: number
    leaseMs: number
    sweepMs: number
    httpTimeoutMs: number
    dependencyWaitHours: number
    crashLimit: number
    drainMs: number
    farewellMs: number
  }
}
