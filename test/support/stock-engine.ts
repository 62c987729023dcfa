import type { LiveConnection } from '#core/accounts/directory.ts'
import type { Connector, PushOperation, PushResult } from '#core/contracts/connector.ts'
import type { Mapper, Plan } from '#core/contracts/mapper.ts'
import type { Resource, Store } from '#core/contracts/store.ts'
import { createPark } from '#core/deadletter/park.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { createStockKeeper } from '#core/inventory/keeper.ts'
import { rulesByTenant, type StockRule } from '#core/inventory/rule.ts'
import { ManualClock } from '#core/kernel/clock.ts'
import { messageId } from '#core/kernel/ids.ts'
import type { ProbePoint } from '#core/kernel/probe.ts'
import { createEmbeddedQueue } from '#core/queue/embedded/create-embedded-queue.ts'
import { createBreakers } from '#core/resilience/circuit-breaker.ts'
import { createDeliver } from '#core/sync/deliver.ts'
import { planDeliveries } from '#core/sync/plan.ts'
import { createTranslate } from '#core/sync/translate.ts'
import { channelRule, stockRule } from './stock-market.ts'

interface Source {
  id: string
  rev: number
  body: Record<string, unknown>
}

/** A record is its own mapping. */
const mapper: Mapper = {
  compile: () => ({ plan: null, problems: [] }),
  run(_plan, input) {
    const { id, rev, body } = input as Source
    return { ok: true, output: { externalId: id, revision: rev, dependsOn: [], body } }
  },
}

const planOf = (topic: string): Plan => ({
  ...{ id: `test/${topic}`, version: 1, connector: 'any', topics: [topic], target: topic },
  ...{ tables: [], overlays: [], source: null, interpreted: [] },
})

/** A channel in memory that compares and swaps as the contract says. */
export class MemoryShop {
  readonly shows = new Map<string, number>()
  readonly writes: PushOperation[] = []
  compares = true
  /** Thrown in place of what would be done. */
  failure: Error | null = null

  readonly push = (operation: PushOperation): PushResult => {
    operation.sending()
    this.writes.push(operation)
    if (this.failure) throw this.failure
    const { sku, available } = operation.body as { sku: string; available: number }
    const found = this.shows.get(sku) ?? 0
    const missing = this.compares ? Math.max(0, (operation.expected ?? found) - found) : 0
    this.shows.set(sku, Math.max(0, available - missing))
    return { externalId: `${sku}@shop`, status: 200, ...(this.compares ? { found } : {}) }
  }

  sell(sku: string, quantity: number): void {
    this.shows.set(sku, (this.shows.get(sku) ?? 0) - quantity)
  }
}

/** An empty store, and what ends its use. */
export interface StockStore {
  open(): Store | Promise<Store>
  close(store: Store): Promise<void>
}

const IDS = ['shop-a', 'shop-b', 'erp']

/** Translator, deliverer and the ledger between them on a real store, with two channels and an ERP that counts. */
export async function stockEngine(stores: StockStore, over: Partial<StockRule> = {}) {
  const clock = new ManualClock()
  const store = await stores.open()
  const queue = createEmbeddedQueue({ clock })
  const shops = { 'shop-a': new MemoryShop(), 'shop-b': new MemoryShop() }
  const erp = { orders: [] as string[] }
  const manifest = (id: string, kind: 'storefront' | 'erp', pushes: Partial<Record<Resource, 'state'>>) => ({
    ...{ id, name: id, kind, pushes, settings: {}, secrets: {}, topics: {} },
    api: { version: '1', docs: 'https://example.com' },
  })
  const connectors = new Map<string, Connector>([
    ...(['shop-a', 'shop-b'] as const).map(
      id =>
        [
          id,
          {
            manifest: manifest(id, 'storefront', { inventory: 'state' }),
            push: async (operation: PushOperation) => shops[id].push(operation),
          },
        ] as const,
    ),
    [
      'erp',
      {
        manifest: manifest('erp', 'erp', { order: 'state' }),
        async push(operation) {
          operation.sending()
          erp.orders.push(operation.key)
          return { externalId: operation.key }
        },
      },
    ],
  ])
  const connections = new Map<string, LiveConnection>(
    IDS.map(id => [
      id,
      {
        ...{ id, tenant: 'acme', connector: id, settings: {}, secrets: {} },
        ...{ state: 'active', tables: {}, declared: true },
      },
    ]),
  )
  const directory = {
    get: async (id: string) => connections.get(id) ?? null,
    list: async () => [...connections.values()],
    refresh: () => undefined,
  }
  const counted: string[] = []
  const telemetry = {
    attempt: () => undefined,
    count: (name: string, labels = {}) => void counted.push([name, ...Object.values(labels)].join(' ')),
    observe: () => undefined,
    log: () => undefined,
  }
  const rule = stockRule({ channels: { 'shop-a': channelRule(), 'shop-b': channelRule() }, ...over })
  /** Where the process dies, and how often it passes there before. */
  const crashes = new Map<ProbePoint, number>()
  function probe(point: ProbePoint): void {
    const passes = crashes.get(point)
    if (passes === undefined) return
    crashes.set(point, passes - 1)
    if (passes > 0) return
    crashes.delete(point)
    throw new HubError('STORE_UNAVAILABLE', { detail: 'Here it dies.' })
  }
  const stock = createStockKeeper({ store, queue, clock, telemetry, probe, rules: rulesByTenant([rule]) })
  let ids = 0
  const shared = {
    ...{ store, queue, telemetry, clock, directory, connectors, stock },
    park: createPark({ store, telemetry, clock, directory }),
    newId: () => `id-${++ids}`,
    random: () => 0.5,
    probe,
    resolve: async () => undefined,
    contextFor: () => ({ connection: connections.get('erp')! }) as never,
    ...{ leaseMs: 30_000, crashLimit: 4, dependencyWaitMs: 3_600_000 },
  }
  const flow = {
    id: 'orders',
    resource: 'order',
    from: ['shop-a', 'shop-b'],
    to: ['erp'],
    admits: () => true,
  }
  const breakers = createBreakers({ clock })
  const translate = createTranslate({
    ...shared,
    planFor: (_connection, topic) => planOf(topic),
    mapper,
    inspect: () => [],
    forgotten: { covers: async () => false },
    answerPrivacy: async () => null as never,
    planDeliveries: async document =>
      planDeliveries(
        document,
        [flow],
        IDS.map(id => ({ id, tenant: 'acme', connector: id, kind: id === 'erp' ? 'erp' : 'storefront' })),
      ),
  })
  const deliver = createDeliver({
    ...shared,
    breakers,
    outgoing: document => document.body,
    unauthorize: async () => undefined,
  })
  let arrivals = 0

  async function receive(connection: string, topic: Resource, source: Source): Promise<void> {
    const dedupeKey = `event-${++arrivals}`
    const id = messageId(connection, dedupeKey)
    const body = Buffer.from(JSON.stringify(source))
    await store.messages.insert({
      ...{ id, tenant: 'acme', connection, topic, dedupeKey, body },
      ...{ via: 'webhook', headers: {}, receivedAt: clock.now() },
    })
  }

  return {
    ...{ store, queue, clock, shops, erp, rule, stock, counted, crashes, connections },
    /** The ERP counts. */
    count: (sku: string, available: number, location = 'main') =>
      receive('erp', 'inventory', {
        id: `${sku}@${location}`,
        rev: clock.now(),
        body: {
          ...{ externalId: `${sku}@${location}`, channel: 'erp', sku, available },
          location: { code: location },
          countedAt: new Date(clock.now()).toISOString(),
        },
      }),
    /** A source, or a channel, tells something of its own. */
    tell: (connection: string, topic: Resource, { id, body }: Omit<Source, 'rev'>) =>
      receive(connection, topic, { id, rev: clock.now(), body }),
    /** A shop is polled, and tells what it shows. */
    async tellsFigure(shop: keyof typeof shops, sku: string): Promise<void> {
      const available = shops[shop].shows.get(sku)
      const body = { externalId: `${sku}@shop`, sku, available, location: {} }
      await receive(shop, 'inventory', {
        ...{ id: `${sku}@shop`, rev: clock.now() },
        body: { ...body, countedAt: new Date(clock.now()).toISOString() },
      })
    },
    order: (shop: string, id: string, lines: Record<string, number>, body: Record<string, unknown> = {}) =>
      receive(shop, 'order', {
        id,
        rev: clock.now(),
        body: {
          externalId: id,
          lines: Object.entries(lines).map(([sku, quantity]) => ({ sku, quantity })),
          ...body,
        },
      }),
    /** All that is due now, until nothing is; `works`: only this. */
    async drain(works: readonly ('translate' | 'deliver')[] = ['translate', 'deliver']): Promise<void> {
      const handlers = { translate, deliver }
      for (const work of works)
        for (let guard = 0; guard < 1_000; guard++) {
          const [due] = await store.upkeep.due(work, clock.now(), 1)
          if (!due) break
          await handlers[work](due.id, new AbortController().signal).catch(() => undefined)
        }
    },
    item: (sku: string) => store.stock.get(`acme:${sku}`),
    async close() {
      await queue.close()
      await stores.close(store)
    },
  }
}

export type StockEngine = Awaited<ReturnType<typeof stockEngine>>
