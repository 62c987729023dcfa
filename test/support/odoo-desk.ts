import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { odooApi } from '#connectors/erp/odoo/api.ts'
import { odoo } from '#connectors/erp/odoo/connector.ts'
import type { ConnectorContext, HttpClient, PushOperation } from '#connectors/sdk/index.ts'
import type { MappingFile, Plan } from '#core/contracts/mapper.ts'
import { systemClock } from '#core/kernel/clock.ts'
import { createHttpClient } from '#core/kernel/http-client.ts'
import { loadSchemas } from '#core/mapping/load.ts'
import { createMapper } from '#core/mapping/mapper.ts'
import { createEmbeddedState } from '#core/resilience/embedded/embedded-state.ts'
import type { Locks } from '#core/resilience/shared-state.ts'
import { createTogether } from '#core/resilience/together.ts'
import type { OdooServer } from './odoo.ts'

const MAPPINGS = fileURLToPath(new URL('../../mappings', import.meta.url))
const MAPPING = 'erp/odoo/order-out.map.yaml'
const MAPPER = createMapper({ schemas: await loadSchemas(MAPPINGS) })
const TIMEOUT_MS = 60_000

export const SETTINGS = {
  warehouse: 'MAIN',
  salesTeam: 'Web orders',
  products: {
    shipping: 'SHIP-STD',
    discount: 'DISCOUNT',
    giftCard: 'GIFT-CARD',
    unmapped: 'UNMAPPED',
    rounding: 'UNMAPPED',
    tax: 'UNMAPPED',
    fee: 'UNMAPPED',
  },
}

/** One process of the hub before an Odoo: its own gathering and client; locks are shared by whoever shares them. */
export class OdooDesk {
  readonly #server: OdooServer
  readonly #http: HttpClient & { close(): void }
  readonly #settings: Record<string, unknown>
  readonly #plan: Plan
  readonly context: ConnectorContext
  readonly api: ReturnType<typeof odooApi>
  /** Makes names that no other test has. */
  readonly own: string

  constructor(server: OdooServer, options: DeskOptions = {}) {
    const { settings = {}, http, locks = createEmbeddedState(systemClock).locks, overlays = [] } = options
    this.own = options.own ?? randomUUID().slice(0, 8)
    this.#server = server
    this.#settings = { ...SETTINGS, ...settings }
    this.#http = createHttpClient({
      clock: systemClock,
      allowPrivateHosts: ['127.0.0.1'],
      timeoutMs: TIMEOUT_MS,
    })
    this.#plan = planOf(overlays)
    const together = createTogether({ locks, clock: systemClock, random: Math.random, longestMs: TIMEOUT_MS })
    this.context = {
      connection: {
        ...{ id: 'erp', tenant: 'acme', connector: 'odoo', secrets: { apiKey: [server.apiKey] } },
        settings: { baseUrl: server.url, db: server.db, ...this.#settings },
      },
      http: http?.(this.#http) ?? this.#http,
      token: async () => '',
      now: () => systemClock.now(),
      together: together('erp'),
      sleep: async () => undefined,
      signal: new AbortController().signal,
      log: () => undefined,
    }
    this.api = odooApi(this.context)
  }

  /** Another process with the same locks, or other settings. */
  again(options: DeskOptions = {}): OdooDesk {
    return new OdooDesk(this.#server, { settings: this.#settings, ...options })
  }

  /** What the shipped mapping and the overlays make of an order, as the deliverer hands it over. */
  operation(order: Record<string, unknown>, change: Partial<PushOperation> = {}): PushOperation {
    const key = `acme:shop-${this.own}:${String(order['externalId'])}`
    const { id, tenant, settings } = this.context.connection
    const run = MAPPER.run(this.#plan, order, {
      bindings: { connection: { id, tenant, settings } },
    })
    if (!run.ok) throw new Error(JSON.stringify(run))
    return {
      ...{ resource: 'order', key, revision: 1, body: run.output.body, externalId: null, dependencies: {} },
      ...{ uncertain: false, idempotencyKey: `order:${key}`, sending: () => undefined, ...change },
    }
  }

  async push(order: Record<string, unknown>, change: Partial<PushOperation> = {}): Promise<number> {
    const { externalId } = await odoo.push!(this.operation(order, change), this.context)
    return Number(externalId)
  }

  /** Articles with stock of their own; their SKUs. */
  async articles(count: number): Promise<string[]> {
    const skus = Array.from({ length: count }, (_, index) => `T-${this.own}-${index}`)
    await this.api.call('product.product', 'create', {
      vals_list: skus.map(sku => ({
        name: sku,
        default_code: sku,
        is_storable: true,
        taxes_id: [[6, 0, []]],
      })),
    })
    return skus
  }

  /** One field after the other of one record. */
  async read<Row>(model: string, id: number, fields: readonly string[]): Promise<Row> {
    const [row] = await this.api.call<Row[]>(model, 'read', { ids: [id], fields, load: null })
    return row!
  }

  close(): void {
    this.#http.close()
  }
}

export interface DeskOptions {
  settings?: Record<string, unknown>
  http?: (inner: HttpClient) => HttpClient
  locks?: Locks
  /** Of another desk: the same orders. */
  own?: string
  overlays?: readonly MappingFile[]
}

function planOf(overlays: readonly MappingFile[]): Plan {
  const text = readFileSync(join(MAPPINGS, MAPPING), 'utf8')
  const { plan, problems } = MAPPER.compile({ path: MAPPING, text }, overlays)
  if (!plan) throw new Error(JSON.stringify(problems))
  return plan
}
