import type { RecordAct } from '#core/accounts/audit.ts'
import type { Directory } from '#core/accounts/directory.ts'
import type { Connector } from '#core/contracts/connector.ts'
import type { Queue } from '#core/contracts/queue.ts'
import type { Store } from '#core/contracts/store.ts'
import type { Clock } from '#core/kernel/clock.ts'
import { createMappingCatalogue } from '#core/mapping/catalogue/create-mapping-catalogue.ts'
import { createPublishing } from '#core/mapping/catalogue/publish.ts'
import { createReplayRange } from '#core/sync/replay-range.ts'
import { createShadow } from '#core/sync/shadow.ts'
import { createTryMapping } from '#core/sync/try-mapping.ts'
import { smallMapper } from '#test/unit/mapping/small-mapper.ts'

const SHOP_ORDER = {
  path: 'storefronts/shop/order.map.yaml',
  text: `version: 3
connector: shop
topics: [orders/create]
target: order
identity: id
tables: { carriers: { dhl: DHL } }
document: { number: $string(id), placedAt: '$table("carriers", carrier)', lines: { $each: lines, sku: sku, price: price } }
`,
  cases: `cases: [{ name: a plain order, input: { id: 7, lines: [] }, expect: { number: "7", lines: [] } }]\n`,
}

interface Parts {
  store: Store
  directory: Directory
  connectors: ReadonlyMap<string, Connector>
  clock: Clock
  record: RecordAct
  queue: Pick<Queue, 'enqueue'>
  tenants: readonly { id: string }[]
  contextFor(): never
}

/** What the API needs for mappings, over one small mapping of orders. */
export function mappingDeps(parts: Parts) {
  const { store } = parts
  const catalogue = createMappingCatalogue({
    mapper: smallMapper(),
    files: [SHOP_ORDER],
    published: store.mappings,
    onBroken: () => undefined,
  })
  const readCase = (path: string): never => {
    throw new Error(`There is no ${path}.`)
  }
  const shared = { ...parts, catalogue, inspect: () => [], planDeliveries: async () => [] }
  return {
    catalogue,
    publishing: createPublishing({ ...shared, mappings: store.mappings, readCase }),
    shadow: createShadow(shared),
    tryMapping: createTryMapping(shared),
    replayRange: createReplayRange(shared),
  }
}
