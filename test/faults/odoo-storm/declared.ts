import { odoo } from '#connectors/erp/odoo/connector.ts'
import { type Assortment, ownStockOnly, SPLIT_BELOW } from './assortment.ts'
import type { Channel } from './channel.ts'
import type { Run } from './run.ts'

export interface DeclaredStorm {
  run: Run
  channels: readonly Channel[]
  /** Settings of the ERP's connection. */
  erp: Record<string, unknown>
  apiKey: string
  assortment: Assortment
  /** How late a sale, or the count after an order, may be heard of. */
  settleSeconds: number
}

/** What is under way together shares its calls to Odoo. */
const ENGINE = { deliverConcurrency: 96 }

/** Orders and what comes back of them to Odoo, what it ships to the channel that sold it, its stock to all of them. */
export function declaredStorm(storm: DeclaredStorm): Record<string, unknown> {
  const { run, channels, erp, apiKey, assortment, settleSeconds } = storm
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
    stock: [
      {
        ...{ tenant, sources: [erpId], settleSeconds, splitBelow: SPLIT_BELOW },
        channels: Object.fromEntries(assortment.rules),
      },
    ],
    mappings: { overlays: ownStockOnly(assortment) },
    engine: ENGINE,
    security: { allowPrivateHosts: ['127.0.0.1'] },
  }
}

const SHIPPED = "status in ['shipped', 'in-transit', 'delivered']"
