import type { LiveConnection } from '#core/accounts/directory.ts'
import type { Connector, ConnectorKind, PushOperation, PushResult } from '#core/contracts/connector.ts'
import type { MappedDependency, Mapper, Plan } from '#core/contracts/mapper.ts'
import type { Resource, Store } from '#core/contracts/store.ts'
import { createPark } from '#core/deadletter/park.ts'
import { resolveBySuccess } from '#core/deadletter/resolve.ts'
import { ManualClock } from '#core/kernel/clock.ts'
import { messageId } from '#core/kernel/ids.ts'
import type { ProbePoint } from '#core/kernel/probe.ts'
import { createEmbeddedQueue } from '#core/queue/embedded/create-embedded-queue.ts'
import { createBreakers } from '#core/resilience/circuit-breaker.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { createDeliver } from '#core/sync/deliver.ts'
import { type CompiledFlow, planDeliveries } from '#core/sync/plan.ts'
import { createTranslate } from '#core/sync/translate.ts'
import { privacyOn } from './privacy.ts'

/** A source record that is its own mapping. */
export interface Told {
  id: string
  resource: Resource
  rev?: number
  number?: string
  dependsOn?: MappedDependency[]
  body?: Record<string, unknown>
}

/** A partner in memory: keeps what it is told by key, and every operation. */
export class Partner {
  readonly operations: PushOperation[] = []
  readonly records = new Map<string, string>()
  /** Beside the id: how long it holds, what it does before it answers. */
  lapsesAt: ((operation: PushOperation) => number | undefined) | undefined
  beforeAnswer: (id: string) => Promise<void> = async () => undefined
  readonly #name: string

  constructor(name: string) {
    this.#name = name
  }

  readonly push: NonNullable<Connector['push']> = async (operation): Promise<PushResult> => {
    this.operations.push(operation)
    operation.sending()
    const name = `${operation.resource} ${operation.key}`
    const id = this.records.get(name) ?? `${this.#name}-${this.records.size + 1}`
    this.records.set(name, id)
    await this.beforeAnswer(id)
    const lapsesAt = this.lapsesAt?.(operation)
    return { externalId: id, ...(lapsesAt !== undefined && { lapsesAt }) }
  }
}

const KINDS = {
  shop: 'storefront',
  shop2: 'storefront',
  wms: 'fulfilment',
  ups: 'carrier',
  erp: 'erp',
} as const

export type Place = keyof typeof KINDS

const PLACES = Object.keys(KINDS) as Place[]

const FLOWS: CompiledFlow[] = [
  { id: 'orders', resource: 'order', from: ['storefront'], to: ['wms', 'erp'], admits: () => true },
  { id: 'back', resource: 'shipment', from: ['fulfilment'], to: ['origin'], admits: () => true },
  {
    id: 'track',
    resource: 'shipment',
    from: ['fulfilment', 'storefront'],
    to: ['carrier'],
    admits: () => true,
  },
]

const manifest = (id: Place, kind: ConnectorKind): Connector['manifest'] => ({
  ...{ id, name: id, kind, api: { version: '1', docs: 'https://example.com' }, settings: {}, secrets: {} },
  topics: { order: 'order', shipment: 'shipment' },
  pushes:
    kind === 'storefront' || kind === 'carrier'
      ? { shipment: 'state' }
      : { order: 'state', shipment: 'state' },
})

const mapper: Mapper = {
  compile: () => ({ plan: null, problems: [] }),
  run(_plan, input) {
    const { id, rev, number, dependsOn = [], body = {} } = input as Told
    return { ok: true, output: { externalId: id, revision: rev, number, dependsOn, body } }
  },
}

const planOf = (topic: string): Plan => ({
  ...{ id: `test/${topic}`, version: 1, connector: 'test', topics: [topic], target: topic, source: null },
  ...{ tables: [], overlays: [], interpreted: [] },
})

export const WAIT_MS = 3_600_000

/** Two shops, a warehouse, a carrier and an ERP around the engine on a real store with a manual clock. */
export async function trackingHub() {
  const clock = new ManualClock()
  const store: Store = openSqliteStore({ url: ':memory:', engine: true })
  const queue = createEmbeddedQueue({ clock })
  const partners = Object.fromEntries(PLACES.map(place => [place, new Partner(place)])) as Record<
    Place,
    Partner
  >
  const connectors = new Map(
    PLACES.map((place): [string, Connector] => [
      place,
      { manifest: manifest(place, KINDS[place]), push: partners[place].push },
    ]),
  )
  const connections = PLACES.map(
    (id): LiveConnection => ({
      ...{
        id,
        tenant: 'acme',
        connector: id,
        settings: {},
        secrets: {},
        state: 'active',
        tables: {},
        declared: true,
      },
    }),
  )
  const directory = {
    get: async (id: string) => connections.find(one => one.id === id) ?? null,
    list: async () => connections,
    refresh: () => undefined,
  }
  const nothing = () => undefined
  const telemetry = { attempt: nothing, count: nothing, observe: nothing, log: nothing }
  const hangs = new Set<ProbePoint>()
  let ids = 0
  const shared = {
    ...{ store, queue, telemetry, clock, directory, connectors },
    park: createPark({ store, telemetry, clock, directory }),
    newId: () => `id-${++ids}`,
    random: () => 0,
    /** A point in `hangs` never comes back: to everyone else, the process died there. */
    probe: (point: ProbePoint) => (hangs.has(point) ? new Promise<void>(() => undefined) : undefined),
    resolve: (kind: 'message' | 'delivery', subject: string) =>
      resolveBySuccess({ store, clock }, kind, subject),
    contextFor: () => ({}) as never,
    ...{ leaseMs: 30_000, crashLimit: 4, dependencyWaitMs: WAIT_MS },
  }
  const endpoints = connections.map(one => ({ ...one, kind: KINDS[one.id as Place] }))
  const translate = createTranslate({
    ...{ ...shared, mapper, inspect: () => [], planFor: (_connection, topic) => planOf(topic) },
    ...privacyOn(shared),
    planDeliveries: async document => planDeliveries(document, FLOWS, endpoints),
  })
  const deliver = createDeliver({
    ...{ ...shared, breakers: createBreakers({ clock }), outgoing: document => document.body },
    unauthorize: async () => undefined,
  })
  const handlers = { translate, deliver }
  let arrivals = 0

  /** Everything that is due now, until nothing is; hanging work is left behind. */
  async function drain(
    works: readonly ('translate' | 'deliver')[] = ['translate', 'deliver'],
  ): Promise<void> {
    for (let again = true; again; ) {
      again = false
      for (const work of works) {
        for (const { id } of await store.upkeep.due(work, clock.now(), 100)) {
          const handled = handlers[work](id, new AbortController().signal)
          await (hangs.size > 0 ? Promise.race([handled, turns()]) : handled)
          again = hangs.size === 0
        }
      }
    }
  }

  return {
    ...{ clock, store, partners, hangs, drain, translate },
    async receive(connection: Place, told: Told): Promise<string> {
      const dedupeKey = `event-${++arrivals}`
      const id = messageId(connection, dedupeKey)
      await store.messages.insert({
        ...{ id, tenant: 'acme', connection, dedupeKey, topic: told.resource, via: 'webhook', headers: {} },
        ...{ receivedAt: clock.now(), body: Buffer.from(JSON.stringify(told)) },
      })
      return id
    },
    async close() {
      await queue.close()
      await store.close()
    },
  }
}

export type TrackingHub = Awaited<ReturnType<typeof trackingHub>>

/** Lets every promise that can settle do so. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await new Promise(resolve => setImmediate(resolve))
}
