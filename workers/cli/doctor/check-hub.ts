import type { HubConfig } from '#config/schema.ts'
import { asHubError } from '#core/errors/hub-error.ts'
import type { HubAccess } from '../hub-access.ts'
import { checkConnections } from './check-connections.ts'
import { checkDataFolder } from './check-data-folder.ts'
import { checkMappings } from './check-mappings.ts'
import { checkPort } from './check-port.ts'

export interface Check {
  name: string
  ok: boolean
  /** Well, but not for long. */
  warning?: true
  detail: string
  fix?: string
}

const LEAST_NODE = 24

/** Every check, each on its own: one that fails does not hide the others. */
export async function checkHub(
  hub: HubAccess,
  { probe, now }: { probe: boolean; now: number },
): Promise<Check[]> {
  const checks = [checkNode(process.versions.node), await checkMappings()]
  const config = await attempt('configuration', async () => {
    const found = await hub.strictConfig()
    checks.push({ name: 'configuration', ok: true, detail: 'valid' })
    return found
  })
  if (!isConfig(config)) return [...checks, config]
  const { overlays } = config.mappings
  if (overlays !== null) checks.push(await checkMappings(overlays))
  checks.push(checkDataFolder(config), await checkPort(config))
  const store = await attempt('store', async () => {
    const base = await hub.base()
    await base.store.upkeep.ping()
    return [
      { name: 'store', ok: true, detail: 'opens and answers' },
      ...(await checkConnections(base, { probe, now })),
    ]
  })
  return [...checks, ...(Array.isArray(store) ? store : [store])]
}

export function checkNode(version: string): Check {
  const ok = Number(version.split('.')[0]) >= LEAST_NODE
  return {
    name: 'Node',
    ok,
    detail: version,
    fix: `Run it by npm, which brings Node ${LEAST_NODE}: npm run -s hub -- …`,
  }
}

async function attempt<T>(name: string, check: () => Promise<T>): Promise<T | Check> {
  try {
    return await check()
  } catch (thrown) {
    const { detail, publicMessage, row } = asHubError(thrown)
    return { name, ok: false, detail: detail || publicMessage, fix: row.fix }
  }
}

const isConfig = (found: HubConfig | Check): found is HubConfig => 'dataDir' in found
