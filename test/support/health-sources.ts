import type { LiveConnection } from '#core/accounts/directory.ts'
import type { Connector } from '#core/contracts/connector.ts'
import type { Backlog, StatBucket } from '#core/contracts/store.ts'
import type { HealthOptions } from '#core/health/snapshot.ts'
import { ManualClock } from '#core/kernel/clock.ts'

const TOPIC = { waiting: 1, delayed: 2, running: 0 }
const page = <T>(items: T[], total = items.length) => ({ items, next: null, total })

/** What the snapshot reads, settable from a test; `calls` counts the reads of the backlog, one per picture. */
export function healthSources() {
  const state = {
    rows: [] as Backlog['rows'],
    open: 0,
    documents: 0,
    calls: 0,
    stats: [] as StatBucket[],
    reads: [] as number[],
  }
  const clock = new ManualClock()
  const connections = [
    live('shop', 'shopify', 'acme'),
    live('erp', 'rest-erp', 'acme'),
    live('other', 'shopify', 'globex'),
  ]
  const options: HealthOptions = {
    clock,
    queue: {
      stats: async () => ({ topics: { translate: TOPIC, deliver: TOPIC, publish: TOPIC }, dropped: 3 }),
    },
    directory: { list: async () => connections },
    connectors: new Map([
      connector('shopify', 'Shopify', 'storefront'),
      connector('rest-erp', 'REST ERP', 'erp'),
    ]),
    flows: [{ id: 'orders', resource: 'order', from: ['storefront'], to: ['erp'] }],
    telemetry: { log: () => undefined },
    store: {
      upkeep: {
        backlog: async () => {
          state.calls++
          return { rows: state.rows }
        },
      } as HealthOptions['store']['upkeep'],
      documents: {
        list: async () => page([], state.documents),
      } as unknown as HealthOptions['store']['documents'],
      deadLetters: {
        list: async () => page([], state.open),
        causes: async () => page([]),
      } as unknown as HealthOptions['store']['deadLetters'],
      stats: {
        read: async ({ from, to }) => {
          state.reads.push(from)
          return state.stats.filter(row => row.minute >= from && row.minute <= to)
        },
      },
    },
  }
  return { options, state, clock }
}

/** A connection with a secret that must never show up in a snapshot. */
const live = (id: string, connector: string, tenant: string): LiveConnection => ({
  id,
  tenant,
  connector,
  settings: { baseUrl: 'https://private.example' },
  secrets: { token: ['S3CRET'] },
  state: 'active',
  tables: {},
  declared: true,
})

const connector = (id: string, name: string, kind: string): [string, Connector] => [
  id,
  { manifest: { id, name, kind } as Connector['manifest'] },
]
