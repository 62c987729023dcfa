/**
 * The whole hub in a process of its own: orders from Shopify to an ERP, and the stock of a second ERP for four channels.
 * Arguments: the port of the ERP, the address of the channels. Asked `count <units> <items>`, it takes in a count of each
 * item, as a poll does, and tells when all are accepted; asked `stalls`, how long its event loop stood still since.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { loadConfig } from '#config/load.ts'
import { CONNECTORS } from '#connectors/registry.ts'
import type { Connector, RawMessage } from '#core/contracts/connector.ts'
import { composeAccept } from '#workers/compose/accept.ts'
import { startHub } from '#workers/compose/hub.ts'
import { declaredHub } from '../../support/declared.ts'
import { BENCH_SECRET } from '../load.ts'
import { reportTo } from '../measured-child.ts'
import { CHANNELS, limitedChannel } from './limited-channel.ts'

const SOURCE = {
  ...{ id: 'acme-stock', tenant: 'acme', connector: 'business-central' },
  settings: { tenantId: 'bench', companyId: '00000000-0000-4000-8000-000000000000' },
}
const TOPIC = 'polled/stock'
/** Records of a page of a poll: they are accepted together. */
const PAGE = 500

const [, , erpPort, partnerUrl] = process.argv
const folder = mkdtempSync(join(tmpdir(), 'bench-stock-'))
const channel = limitedChannel(partnerUrl!)
const connectors: ReadonlyMap<string, Connector> = new Map(
  [...CONNECTORS, brought(), channel].map(connector => [connector.manifest.id, connector]),
)
const declared = declaredHub({
  baseUrl: `http://127.0.0.1:${erpPort}`,
  secret: BENCH_SECRET,
  erp: { strategy: 'upsert' },
})
const config = loadConfig({
  env: { HUB_DATA_DIR: folder, HUB_CONFIG: 'bench.yaml', HUB_LOG_LEVEL: 'error' },
  readFile: () =>
    JSON.stringify({
      ...declared,
      connections: [
        ...declared.connections,
        SOURCE,
        ...CHANNELS.map(id => ({ id, tenant: 'acme', connector: channel.manifest.id })),
      ],
      stock: [
        {
          ...{ tenant: 'acme', sources: [SOURCE.id], splitBelow: 0 },
          channels: Object.fromEntries(CHANNELS.map(id => [id, {}])),
        },
      ],
    }),
  manifests: new Map([...connectors].map(([id, { manifest }]) => [id, manifest])),
})
const hub = await startHub({ ...config, port: 0 }, { connectors })
const accept = composeAccept(hub.base)
const delays = monitorEventLoopDelay({ resolution: 1 })
delays.enable()

/** The source without its poll: there is nobody to ask. */
function brought(): Connector {
  const { manifest, decode } = CONNECTORS.find(({ manifest: { id } }) => id === SOURCE.connector)!
  const { polls: _, subscriptions: __, pushes: ___, ...quiet } = manifest
  return { manifest: { ...quiet, topics: { [TOPIC]: 'inventory' } }, decode }
}

const countOf = (item: number, units: number): RawMessage => ({
  topic: TOPIC,
  dedupeKey: `SKU-${item}:${units}`,
  headers: {},
  body: Buffer.from(
    JSON.stringify({ id: `id-${item}`, number: `SKU-${item}`, displayName: 'Item', inventory: units }),
  ),
})

async function count(units: number, items: number): Promise<void> {
  for (let from = 0; from < items; from += PAGE) {
    const size = Math.min(PAGE, items - from)
    const page = Array.from({ length: size }, (_, index) => countOf(from + index, units))
    await accept(SOURCE, 'poll', page, Date.now())
  }
}

function stalls() {
  const [p99, max] = [delays.percentile(99) / 1e6, delays.max / 1e6]
  delays.reset()
  return { p99, max }
}

process.on('message', async (word: string) => {
  const [what, units, items] = word.split(' ')
  if (what === 'stalls') process.send!(stalls())
  if (what !== 'count') return
  await count(Number(units), Number(items))
  process.send!('counted')
})

reportTo(process, Number(new URL(hub.url).port), async () => {
  await hub.stop()
  rmSync(folder, { recursive: true })
})
