import { CONFIG_SCHEMA } from './config-schema.ts'
import type { HubConfig } from './schema.ts'
import type { ConfigNode } from './schema-node.ts'

/**
 * What the process was told, fit for the log of its start: no secret, no settings of connections (partners put
 * account names there), and of each secret only how many values are live.
 */
export function configSummary(config: HubConfig): Record<string, unknown> {
  const plain = Object.entries(config).map(([key, value]) => [
    key,
    shown(value, CONFIG_SCHEMA.properties?.[key]),
  ])
  return {
    ...Object.fromEntries(plain),
    tenants: config.tenants.map(({ id }) => id),
    connections: config.connections.map(({ id, tenant, connector, secrets }) => ({
      id,
      tenant,
      connector,
      secrets: Object.fromEntries(Object.entries(secrets).map(([name, values]) => [name, values.length])),
    })),
    apps: Object.fromEntries(
      Object.entries(config.apps).map(([connector, { clientSecret }]) => [
        connector,
        { clientSecret: clientSecret.length },
      ]),
    ),
    holds: config.holds.map(({ id, to, owner }) => `${id}: before ${to.join(', ')}, for ${owner}`),
    flows: config.flows.map(
      ({ id, resource, from, to }) => `${id}: ${resource} from ${from.join(', ')} to ${to.join(', ')}`,
    ),
  }
}

function shown(value: unknown, node: ConfigNode | undefined): unknown {
  if (value === null) return node?.['x-default'] ?? null
  if (node?.['x-secret'] === 'value') return '(given)'
  return node?.['x-secret'] === 'userinfo' ? withoutUserinfo(String(value)) : value
}

/** By pattern, not by URL parsing: MongoDB addresses name several hosts. The query may carry credentials too. */
const withoutUserinfo = (url: string): string => url.replace(/\/\/[^/]*@/, '//***@').replace(/\?.*$/, '?***')
