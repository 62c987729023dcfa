import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { loadConfig } from '#config/load.ts'
import type { HubConfig } from '#config/schema.ts'
import { manifests } from '../../compose/base.ts'
import { ACCESS_TOKEN, ERP, ERP_TOKEN, type Partners, SECRET, SHOP, SHOP_DOMAIN, TENANT } from './partners.ts'

/** A sample may name an order that nobody sends: its letter should not take days. */
const DEPENDENCY_WAIT_MS = 15_000

/** Shorter than the ERP’s worst answers: some writes are uncertain and must be looked up before they are repeated. */
const ERP_TIMEOUT_MS = 600

const RESOURCES = ['order', 'return', 'shipment', 'inventory', 'product']

interface DemoOf {
  port: number
  dataDir: string
  partners: Pick<Partners, 'shopUrl' | 'erpUrl'>
}

/** Where the demo's configuration lies: the command line takes it as HUB_CONFIG. */
export const configFile = (dataDir: string): string => join(dataDir, 'hub.yaml')

/** The same file that a real hub is given, checked the same way. */
export function demoConfig({ port, dataDir, partners }: DemoOf): HubConfig {
  const file = {
    ...{ port, dataDir, logLevel: 'silent' },
    tenants: [{ id: TENANT, name: 'Acme Outdoor' }],
    connections: [
      {
        ...{ id: SHOP, tenant: TENANT, connector: 'shopify' },
        settings: { shop: SHOP_DOMAIN, apiBaseUrl: partners.shopUrl },
        secrets: { webhookSecret: SECRET, accessToken: ACCESS_TOKEN },
      },
      {
        ...{ id: ERP, tenant: TENANT, connector: 'rest-erp' },
        settings: { baseUrl: partners.erpUrl, strategy: 'search-then-create', timeoutMs: ERP_TIMEOUT_MS },
        secrets: { token: ERP_TOKEN },
      },
    ],
    flows: RESOURCES.map(resource => ({ resource, from: [SHOP], to: [ERP] })),
    security: { allowPrivateHosts: ['127.0.0.1'] },
  }
  const path = configFile(dataDir)
  writeFileSync(path, stringify(file), { mode: 0o600 })
  const config = loadConfig({
    env: { HUB_CONFIG: path },
    readFile: name => readFileSync(name, 'utf8'),
    manifests,
  })
  return { ...config, engine: { ...config.engine, dependencyWaitHours: DEPENDENCY_WAIT_MS / 3_600_000 } }
}
