import type { ConnectorKind, Manifest } from '#core/contracts/connector.ts'
import { checkExpression } from './check-expression.ts'
import { suggest } from './nearest.ts'
import type { Problems } from './problems.ts'
import type { Flow } from './schema.ts'
import type { Entries } from './sound-items.ts'

export const KINDS: readonly ConnectorKind[] = [
  'storefront',
  'marketplace',
  'pos',
  'fulfilment',
  'carrier',
  'erp',
]

export interface FlowChecks {
  /** Ids of the declared connections. */
  connections: ReadonlySet<string>
  /** Whether people made one of this id; asked only when it matters. */
  isStored: (id: string) => boolean
  manifests: ReadonlyMap<string, Manifest>
  problems: Problems
}

export type GivenFlow = Omit<Flow, 'id'> & { id?: string }

/** Ends of every flow exist, conditions parse, and every flow has an id. */
export function checkFlows(flows: Entries<GivenFlow>, checks: FlowChecks): Flow[] {
  const { connections, isStored, manifests, problems } = checks
  const names = new Set<string>([...connections, ...manifests.keys(), ...KINDS])
  for (const [index, flow] of flows) {
    checkEnds(index, flow, { names, isStored, problems })
    checkExpression(['flows', index, 'when'], flow.when, problems)
    checkExpression(['flows', index, 'lines'], flow.lines, problems)
    if (flow.lines !== undefined && flow.resource !== 'order')
      problems.invalid(['flows', index, 'lines'], 'is for orders', 'take it away')
  }
  return withIds(flows.map(([, flow]) => flow))
}

interface EndChecks extends Pick<FlowChecks, 'isStored' | 'problems'> {
  names: ReadonlySet<string>
}

/** As a destination: the connection that the order came from. */
const ORIGIN = 'origin'

/** Resources that belong to an order. */
const OF_AN_ORDER = ['shipment', 'return']

function checkEnds(index: number, flow: GivenFlow, { names, isStored, problems }: EndChecks): void {
  const isOrigin = (name: string, side: string) =>
    name === ORIGIN && side === 'to' && OF_AN_ORDER.includes(flow.resource)
  for (const side of ['from', 'to'] as const) {
    for (const [at, name] of (flow[side] ?? []).entries()) {
      if (isOrigin(name, side) || names.has(name) || isStored(name)) continue
      const path = ['flows', index, side, at]
      problems.invalid(path, 'is no connection, connector or kind', suggest(String(name), names))
    }
  }
}

/** `<resource>-<n>`, counted per resource, past ids that were given. */
function withIds(flows: readonly GivenFlow[]): Flow[] {
  const taken = new Set(flows.map(flow => flow.id))
  const next = new Map<string, number>()
  return flows.map(flow => {
    if (flow.id !== undefined) return { ...flow, id: flow.id }
    let n = next.get(flow.resource) ?? 1
    while (taken.has(`${flow.resource}-${n}`)) n++
    next.set(flow.resource, n + 1)
    return { ...flow, id: `${flow.resource}-${n}` }
  })
}
