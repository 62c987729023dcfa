import { createRecordAct } from '#core/accounts/audit.ts'
import type { LiveConnection } from '#core/accounts/directory.ts'
import type { Connector } from '#core/contracts/connector.ts'
import type { NewMessage } from '#core/contracts/store.ts'
import { createPark } from '#core/deadletter/park.ts'
import { resolveBySuccess } from '#core/deadletter/resolve.ts'
import { ManualClock } from '#core/kernel/clock.ts'
import { messageId } from '#core/kernel/ids.ts'
import { parseJson } from '#core/kernel/parse-json.ts'
import { createMappingCatalogue } from '#core/mapping/catalogue/create-mapping-catalogue.ts'
import { createEmbeddedQueue } from '#core/queue/embedded/create-embedded-queue.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { planDeliveries } from '#core/sync/plan.ts'
import { createReplayRange } from '#core/sync/replay-range.ts'
import { createShadow, type ShadowRequest } from '#core/sync/shadow.ts'
import { createTranslate } from '#core/sync/translate.ts'
import { createTryMapping } from '#core/sync/try-mapping.ts'
import { smallMapper } from '#test/unit/mapping/small-mapper.ts'
import { privacyOn } from './privacy.ts'

export const MAPPING = 'storefronts/shop/order'

/** The mapping that holds: an order with a number, a total and lines; a record without a number has a problem. */
export const ORDER_MAP = `version: 1
connector: shop
topics: [orders/create, orders/updated]
target: order
skip: test
identity: id
number: number
revision: rev
document:
  number: number
  total: $money(total, "EUR")
  lines: { $each: lines, sku: sku, price: '$money(price, "EUR")' }
`

export interface ShopOrder {
  id: string
  rev?: number
  number?: string
  total?: string
  test?: boolean
  lines?: { sku: string; price: string }[]
}

const connectionOf = (id: string, tenant: string, connector: string): LiveConnection => ({
  ...{ id, tenant, connector, settings: {}, secrets: {} },
  ...{ state: 'active', tables: {}, declared: true },
})

const manifestOf = (id: string): Connector['manifest'] => ({
  ...{ id, name: id, kind: id === 'erp' ? 'erp' : 'storefront', settings: {}, secrets: {}, topics: {} },
  api: { version: '1', docs: 'https://example.com' },
})

/** A payload `{"thin": …}` only names its order; `{"orders": […]}` holds several. */
const shop: Connector = {
  manifest: manifestOf('shop'),
  async decode({ body }, { http }) {
    const payload = parseJson(body) as { thin?: string; skip?: string; orders?: unknown[] }
    if (payload.skip) return { skip: 'COVERED_ELSEWHERE', detail: payload.skip }
    if (payload.thin === undefined) return { records: payload.orders ?? [payload] }
    const answer = await http.request({ method: 'GET', url: `https://shop.example/${payload.thin}` })
    return { records: [answer.body] }
  },
}

/** Two shops of two tenants, their ERPs, one mapping, and all that is asked of it, on a real store with a manual clock. */
export async function mappingHarness() {
  const clock = new ManualClock()
  const store = openSqliteStore({ url: ':memory:', engine: true })
  const queue = createEmbeddedQueue({ clock })
  const connectors = new Map([
    ['shop', shop],
    ['erp', { manifest: manifestOf('erp') }],
  ])
  const connections = (['acme', 'globex'] as const).flatMap(tenant => [
    connectionOf(`${tenant}-shop`, tenant, 'shop'),
    connectionOf(`${tenant}-erp`, tenant, 'erp'),
  ])
  const directory = {
    get: async (id: string) => connections.find(one => one.id === id) ?? null,
    list: async () => connections,
    refresh: () => undefined,
  }
  const catalogue = createMappingCatalogue({
    mapper: smallMapper(),
    files: [{ path: `${MAPPING}.map.yaml`, text: ORDER_MAP, cases: '' }],
    published: store.mappings,
    onBroken: () => undefined,
  })
  const log = () => undefined
  const telemetry = { attempt: log, count: log, observe: log, log }
  const fetched: string[] = []
  const observed: unknown[] = []
  const parts = {
    ...{ store, queue, clock, directory, connectors, catalogue, telemetry },
    inspect: () => [],
    planDeliveries: async (document: Parameters<typeof planDeliveries>[0]) =>
      planDeliveries(
        document,
        [{ id: 'orders', resource: 'order', from: ['shop'], to: ['erp'], admits: () => true }],
        connections.map(one => ({ ...one, kind: one.connector })),
      ),
    contextFor: () =>
      ({
        http: {
          async request({ url }: { url: string }) {
            fetched.push(url)
            return { status: 200, headers: {}, body: { id: 'fetched', number: '#9', lines: [] } }
          },
        },
      }) as never,
  }
  const park = createPark({ store, telemetry, clock, directory })
  const engine = { probe: () => undefined, leaseMs: 30_000, park }
  const translate = createTranslate({
    ...parts,
    ...{ newId: () => 'token', random: () => 0.5, ...engine, crashLimit: 4 },
    ...privacyOn({ store, clock, ...engine }),
    dependencyWaitMs: 3_600_000,
    mapper: catalogue.mapper,
    planFor: (connection, topic) => catalogue.planFor(connection, topic),
    resolve: (kind, subject) => resolveBySuccess({ store, clock }, kind, subject),
    observe: (_source, record) => void observed.push(record),
  })
  const runShadow = createShadow(parts)
  let arrivals = 0

  async function drain(): Promise<void> {
    for (;;) {
      const due = await store.upkeep.due('translate', clock.now(), 100)
      if (due.length === 0) return
      for (const { id } of due) await translate(id, new AbortController().signal)
    }
  }

  return {
    ...{ clock, store, queue, catalogue, fetched, observed, drain, connections },
    replayRange: createReplayRange({ ...parts, record: createRecordAct({ store, clock }) }),
    tryMapping: createTryMapping(parts),
    shadow: (text: string, over: Partial<ShadowRequest> = {}) =>
      runShadow({
        ...{ mapping: MAPPING, file: { path: `${MAPPING}.map.yaml`, text }, last: 1_000 },
        ...{ signal: new AbortController().signal, ...over },
      }),
    /** Into the inbox, one millisecond after the one before. */
    async receive(payload: ShopOrder | object, over: Partial<NewMessage> = {}): Promise<string> {
      const connection = over.connection ?? 'acme-shop'
      const dedupeKey = `event-${++arrivals}`
      await clock.advance(1)
      const id = messageId(connection, dedupeKey)
      await store.messages.insert({
        ...{ id, connection, tenant: connection.split('-')[0]!, topic: 'orders/create', via: 'webhook' },
        ...{ dedupeKey, receivedAt: clock.now(), headers: {}, body: Buffer.from(JSON.stringify(payload)) },
        ...over,
      })
      return id
    },
    async close(): Promise<void> {
      await queue.close()
      await store.close()
    },
  }
}

export type MappingHarness = Awaited<ReturnType<typeof mappingHarness>>
