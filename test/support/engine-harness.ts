import type { LiveConnection } from '#core/accounts/directory.ts'
import type {
  Connector,
  ConnectorContext,
  Decoded,
  HttpClient,
  PrivacyRequest,
  PushOperation,
  PushResult,
} from '#core/contracts/connector.ts'
import type { Mapper, Plan } from '#core/contracts/mapper.ts'
import type { NewMessage, Resource, Store } from '#core/contracts/store.ts'
import { createPark } from '#core/deadletter/park.ts'
import { resolveBySuccess } from '#core/deadletter/resolve.ts'
import type { HubError } from '#core/errors/hub-error.ts'
import { ManualClock } from '#core/kernel/clock.ts'
import { messageId } from '#core/kernel/ids.ts'
import type { ProbePoint } from '#core/kernel/probe.ts'
import { createEmbeddedQueue } from '#core/queue/embedded/create-embedded-queue.ts'
import { createBreakers } from '#core/resilience/circuit-breaker.ts'
import type { WorkInHand } from '#core/resilience/work-in-hand.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { createDeliver } from '#core/sync/deliver.ts'
import { planDeliveries } from '#core/sync/plan.ts'
import { createTranslate } from '#core/sync/translate.ts'
import { privacyOn } from './privacy.ts'

export const LEASE_MS = 30_000
export const CRASH_LIMIT = 4
export const DEPENDENCY_WAIT_MS = 3_600_000

/** A source record of the harness: it is its own mapping. */
export interface SourceRecord {
  id: string
  rev?: number
  resource?: Resource
  body?: Record<string, unknown>
  dependsOn?: { resource: string; externalId: string }[]
  /** Makes the mapping fail with this code. */
  problem?: string
  /** It is a request of the partner, not a record. */
  privacy?: PrivacyRequest
}

const mapper: Mapper = {
  compile: () => ({ plan: null, problems: [] }),
  run(_plan, input) {
    const record = input as SourceRecord
    if (record.problem)
      return {
        ok: false,
        externalId: record.id,
        problems: [{ code: record.problem, target: '/x', message: '/x is missing.', line: 1, column: 1 }],
      }
    const body = record.body ?? { rev: record.rev }
    return {
      ok: true,
      output: { externalId: record.id, revision: record.rev, dependsOn: record.dependsOn ?? [], body },
    }
  },
}

const planOf = (topic: string): Plan => ({
  id: `test/${topic}`,
  version: 1,
  connector: 'shop',
  topics: [topic],
  target: topic,
  tables: [],
  overlays: [],
  source: null,
  interpreted: [],
})

/** What a connector does first. */
type Look = (context: ConnectorContext) => unknown

/** Several records in a list. */
function decode({ body }: { body: Buffer }): Decoded {
  const payload = JSON.parse(String(body)) as SourceRecord | SourceRecord[]
  if (Array.isArray(payload)) return { records: payload }
  const { privacy } = payload
  return privacy ? { skip: 'ERASURE_REQUESTED', detail: 'Do it.', privacy } : { records: [payload] }
}

type Behaviour = (operation: PushOperation) => PushResult | HubError | Promise<PushResult | HubError>

const decodeAfter =
  (shop: { look: Look }): NonNullable<Connector['decode']> =>
  async (message, context) => {
    await shop.look(context)
    return decode(message)
  }

/** A destination in memory: keeps the newest content per key, counts what it stored, and can be told to misbehave. */
export class MemoryErp {
  readonly records = new Map<string, { id: string; revision: number; body: Record<string, unknown> }>()
  readonly operations: PushOperation[] = []
  readonly created: string[] = []
  next: Behaviour[] = []
  always: Behaviour | undefined
  /** What it does before it sends. */
  look: Look = () => undefined

  /** Upserts by key: what an ERP with a natural key does. */
  store({ key, resource, revision, body }: PushOperation): PushResult {
    const name = `${resource}:${key}`
    const known = this.records.get(name)
    if (!known) this.created.push(name)
    const id = known?.id ?? `erp-${this.records.size + 1}`
    this.records.set(name, { id, revision, body })
    return { externalId: id, status: 200 }
  }

  readonly push: NonNullable<Connector['push']> = async (operation, context) => {
    this.operations.push(operation)
    await this.look(context)
    operation.sending()
    const behaviour = this.next.shift() ?? this.always
    const result = behaviour ? await behaviour(operation) : this.store(operation)
    if (result instanceof Error) throw result
    return result
  }
}

const manifest = (id: string, kind: 'storefront' | 'erp') => ({
  id,
  name: id,
  kind,
  api: { version: '1', docs: 'https://example.com' },
  settings: {},
  secrets: {},
  topics: {},
  pushes: { order: 'state', return: 'state', shipment: 'state', inventory: 'state' } as const,
})

const connectionOf = (id: string, connector: string): LiveConnection => ({
  id,
  tenant: 'acme',
  connector,
  settings: {},
  secrets: {},
  state: 'active',
  tables: {},
  declared: true,
})

/** Where the engine keeps its state; empty when it is opened. */
export interface EngineStore {
  open(): Store | Promise<Store>
  close(store: Store): Promise<void>
}

const inMemory: EngineStore = {
  open: () => openSqliteStore({ url: ':memory:', engine: true }),
  close: store => store.close(),
}

/** The engine on a real store with a manual clock: no timers, no network; `drain` does all that is due. */
export async function engineHarness({ open, close }: EngineStore = inMemory) {
  const clock = new ManualClock()
  const store = await open()
  const queue = createEmbeddedQueue({ clock })
  const erp = new MemoryErp()
  const shop: { look: Look } = { look: () => undefined }
  const calls: { http?: (work: WorkInHand) => HttpClient } = {}
  const connectors = new Map<string, Connector>([
    ['shop', { manifest: manifest('shop', 'storefront'), decode: decodeAfter(shop) }],
    ['erp', { manifest: manifest('erp', 'erp'), push: erp.push }],
  ])
  const connections = new Map(
    [connectionOf('shop', 'shop'), connectionOf('erp', 'erp')].map(one => [one.id, one]),
  )
  const directory = {
    get: async (id: string) => connections.get(id) ?? null,
    list: async () => [...connections.values()],
    refresh: () => undefined,
  }
  const telemetry = {
    attempt: () => undefined,
    count: () => undefined,
    observe: () => undefined,
    log: () => undefined,
  }
  const park = createPark({ store, telemetry, clock, directory })
  const breakers = createBreakers({ clock })
  const hangs = new Set<ProbePoint>()
  let onHang = (): void => undefined
  let ids = 0
  const neverBack = () => {
    onHang()
    return new Promise<void>(() => undefined)
  }
  const shared = {
    ...{ store, queue, telemetry, clock, directory, connectors, park },
    newId: () => `id-${++ids}`,
    random: () => 0.5,
    /** A point in `hangs` never comes back: to everyone else, the process died there. */
    probe: (point: ProbePoint) => (hangs.has(point) ? neverBack() : undefined),
    resolve: (kind: 'message' | 'delivery', subject: string) =>
      resolveBySuccess({ store, clock }, kind, subject),
    contextFor: (connection: LiveConnection, _signal: AbortSignal, work: WorkInHand = {}) =>
      ({ connection, http: calls.http?.(work) }) as Partial<ConnectorContext> as ConnectorContext,
    leaseMs: LEASE_MS,
    crashLimit: CRASH_LIMIT,
    dependencyWaitMs: DEPENDENCY_WAIT_MS,
  }
  const flows = (['order', 'return', 'shipment', 'inventory'] as const).map(resource => ({
    id: resource,
    resource,
    from: ['shop'],
    to: ['erp'],
    admits: () => true,
  }))
  const endpoints = () =>
    [...connections.values()].map(({ id, tenant, connector }) => ({ id, tenant, connector, kind: connector }))
  const translate = createTranslate({
    ...shared,
    ...privacyOn(shared),
    planFor: (_connection, topic) => (topic === 'ignored' ? undefined : planOf(topic)),
    mapper,
    inspect: () => [],
    planDeliveries: async document => planDeliveries(document, flows, endpoints()),
  })
  const deliver = createDeliver({
    ...shared,
    breakers,
    outgoing: document => document.body,
    async unauthorize(id, error) {
      connections.set(id, { ...connections.get(id)!, state: 'unauthorized', stateReason: error.detail })
    },
  })
  let arrivals = 0
  const handlers = { translate, deliver }

  /** Everything due now, one at a time, until nothing is; hanging work is left behind. */
  async function drain(): Promise<void> {
    for (const work of ['translate', 'deliver', 'translate', 'deliver', 'deliver'] as const) {
      for (let guard = 0; guard < 5_000; guard++) {
        const [due] = await store.upkeep.due(work, clock.now(), 1)
        if (!due) break
        const hung = new Promise<void>(resolve => {
          onHang = resolve
        })
        await Promise.race([handlers[work](due.id, new AbortController().signal), hung])
        if (work === 'deliver' && breakers.openUntil('erp') !== null) break
      }
    }
  }

  return {
    /** `calls.http`: what connectors call partners with. */
    ...{ clock, store, queue, shop, erp, calls, connections, breakers, hangs, drain, translate, deliver },
    /** Into the inbox, as `accept` does it. */
    async receive(record: SourceRecord | SourceRecord[], over: Partial<NewMessage> = {}): Promise<string> {
      const dedupeKey = over.dedupeKey ?? `event-${++arrivals}`
      const id = messageId('shop', dedupeKey)
      const body = Buffer.from(JSON.stringify(record))
      const message = {
        topic: (Array.isArray(record) ? undefined : record.resource) ?? 'order',
        via: 'webhook' as const,
        headers: {},
        receivedAt: clock.now(),
        ...over,
      }
      await store.messages.insert({ id, tenant: 'acme', connection: 'shop', dedupeKey, body, ...message })
      return id
    },
    async close() {
      await queue.close()
      await close(store)
    },
  }
}

export type EngineHarness = Awaited<ReturnType<typeof engineHarness>>
