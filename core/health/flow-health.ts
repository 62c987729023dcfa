import { percentiles } from './latency.ts'
import type { Series } from './minute-window.ts'
import type { ConnectionHealth, FlowHealth } from './snapshot-types.ts'
import { flowVerdict } from './status.ts'

/** What health needs of a flow of the configuration. */
export interface FlowEnds {
  id: string
  resource: string
  /** Connection ids, connector ids or kinds. */
  from: readonly string[]
  to: readonly string[]
}

export function flowHealth(
  { id, resource, from, to }: FlowEnds,
  series: Series,
  connections: readonly ConnectionHealth[],
): FlowHealth {
  const name = `flow:${id}`
  const rates = { confirmed: series.perMinute(name, 'confirmed'), failed: series.perMinute(name, 'failed') }
  const destinations = connections.filter(({ id, connector, kind }) =>
    [id, connector, kind].some(word => to.includes(word)),
  )
  return {
    id,
    resource,
    from: [...from],
    to: [...to],
    ...flowVerdict({ ...rates, failed: series.troubles(name) }, destinations),
    rates,
    latency: percentiles(series.latency(name)),
    lastConfirmedAt: series.lastMinute(name, 'confirmed'),
  }
}
