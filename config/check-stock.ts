import { suggest } from './nearest.ts'
import type { Path, Problems } from './problems.ts'
import type { StockRule } from './schema.ts'
import type { Entries } from './sound-items.ts'

export interface StockChecks {
  tenants: ReadonlySet<string>
  /** Ids of the declared connections. */
  connections: ReadonlySet<string>
  /** Whether people made one of this id; asked only when it matters. */
  isStored: (id: string) => boolean
  problems: Problems
}

/** Documents of the ledger say that they come from here. */
const OWN_SOURCE = 'stock'

/** One rule a tenant, between connections that there are. */
export function checkStock(rules: Entries<StockRule>, checks: StockChecks): StockRule[] {
  const { tenants, connections, isStored, problems } = checks
  const known = (path: Path, name: string) => {
    if (!connections.has(name) && !isStored(name))
      problems.invalid(path, 'is no connection', suggest(name, connections))
  }
  const seen = new Set<string>()
  for (const [index, { tenant, sources, channels, bundles }] of rules) {
    const at = ['stock', index]
    if (!tenants.has(tenant))
      problems.invalid([...at, 'tenant'], 'is no tenant of `tenants`', suggest(tenant, tenants))
    if (seen.has(tenant)) problems.invalid([...at, 'tenant'], 'has its stock declared already', 'keep one')
    seen.add(tenant)
    for (const [place, name] of sources.entries()) known([...at, 'sources', place], name)
    for (const name of Object.keys(channels)) {
      known([...at, 'channels', name], name)
      if (sources.includes(name))
        problems.invalid([...at, 'channels', name], 'is a source too', 'name it in one of both')
    }
    for (const [sku, parts] of Object.entries(bundles))
      if (Object.keys(parts).some(part => part in bundles))
        problems.invalid([...at, 'bundles', sku], 'has a bundle for a part', 'name its components')
  }
  if (rules.length > 0 && connections.has(OWN_SOURCE))
    problems.invalid(['stock'], 'needs the id `stock` for itself', 'call the connection `stock` otherwise')
  return rules.map(([, rule]) => rule)
}
