import { odoo } from '#connectors/erp/odoo/connector.ts'
import type { Channel } from './channel.ts'
import type { Run } from './run.ts'

export interface DeclaredStorm {
  run: Run
  channels: readonly Channel[]
  /** Settings of the ERP's connection. */
  erp: Record<string, unknown>
  apiKey: string
}

/**
 * What is under way together shares its calls to Odoo. A message that waits in a worker's hand for its partner's budget is
 * not to blame for the kills that it lives through, and five would make it a dead letter.
 */
const ENGINE = { deliverConcurrency: 96, crashLimit: 50 }

/** Orders and what comes back of them to Odoo, what it ships to the channel that sold it. */
export function declaredStorm({ run, channels, erp, apiKey }: DeclaredStorm): Record<string, unknown> {
  const tenant = run.name.toLowerCase()
  const erpId = `${tenant}-odoo`
  const from = channels.map(({ id }) => id)
  const { pushes, polls } = odoo.manifest
  return {
    tenants: [{ id: tenant, name: run.name }],
    connections: [
      ...channels.map(({ declared }) => ({ tenant, ...declared })),
      { id: erpId, tenant, connector: 'odoo', settings: erp, secrets: { apiKey } },
    ],
    flows: [
      { resource: 'order', from, to: [erpId] },
      ...(pushes?.return ? [{ resource: 'return', from, to: [erpId] }] : []),
      ...(polls?.shipment ? [{ resource: 'shipment', from: [erpId], to: ['origin'], when: SHIPPED }] : []),
    ],
    engine: ENGINE,
    security: { allowPrivateHosts: ['127.0.0.1'] },
  }
}

const SHIPPED = "status in ['shipped', 'in-transit', 'delivered']"
