import { stringify } from 'yaml'
import { configSummary } from '#config/summary.ts'
import type { Run } from '../command.ts'
import { plural } from '../text/facts.ts'

export const check: Run = async ({ hub }) => {
  const { tenants, connections, flows } = await hub.strictConfig()
  const counts = { tenants: tenants.length, connections: connections.length, flows: flows.length }
  const parts = [
    plural(counts.tenants, 'tenant'),
    plural(counts.connections, 'declared connection'),
    plural(counts.flows, 'flow'),
  ]
  return { json: { ok: true, ...counts }, text: `The configuration is valid: ${parts.join(', ')}.` }
}

export const show: Run = async ({ hub }) => {
  const summary = configSummary(await hub.config())
  return { json: summary, text: stringify(summary) }
}
