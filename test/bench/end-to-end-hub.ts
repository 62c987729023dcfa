/**
 * The whole hub as `npm start` runs it, with one flow from Shopify to a generic REST ERP. Arguments: the port of the ERP,
 * and as JSON what is otherwise than by default: `env` of the process, `engine` of the configuration.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '#config/load.ts'
import { manifests } from '#workers/compose/base.ts'
import { startHub } from '#workers/compose/hub.ts'
import { declaredHub } from '../support/declared.ts'
import { BENCH_SECRET } from './load.ts'
import { reportTo } from './measured-child.ts'

const [, , erpPort, otherwise = '{}'] = process.argv
const { env = {}, engine = {} } = JSON.parse(otherwise) as Record<'env' | 'engine', Record<string, string>>
const folder = mkdtempSync(join(tmpdir(), 'bench-hub-'))
const declared = declaredHub({
  baseUrl: `http://127.0.0.1:${erpPort}`,
  secret: BENCH_SECRET,
  erp: { strategy: 'upsert' },
})

const config = loadConfig({
  env: { HUB_DATA_DIR: folder, HUB_CONFIG: 'bench.yaml', HUB_LOG_LEVEL: 'error', ...env },
  readFile: () => JSON.stringify({ ...declared, engine }),
  manifests,
})
const hub = await startHub({ ...config, port: 0, opsPort: 0 })
// Without the web role it has none.
const port = hub.url ? Number(new URL(hub.url).port) : 0
reportTo(process, port, async () => {
  await hub.stop()
  rmSync(folder, { recursive: true })
})
