import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { SETTINGS_SCHEMAS } from '#connectors/registry.ts'
import { loadAllSchemas } from '#core/mapping/load.ts'
import { createMapper } from '#core/mapping/mapper.ts'

const MAPPINGS = fileURLToPath(new URL('../../mappings', import.meta.url))

/** An order of a channel with everything that makes totals hard: discounts, shipping, a tip and tax on top. */
export const ORDER = {
  externalId: '5551',
  number: '#1001',
  channel: 'shopify',
  status: 'open',
  placedAt: '2026-05-04T08:00:00Z',
  currency: 'USD',
  taxesIncluded: false,
  email: 'Zoe@Example.com',
  customer: { externalId: '77', firstName: 'Zoë', lastName: 'Brûlé' },
  shippingAddress: { name: 'Zoë Brûlé', line1: '12 Canal St', city: 'Chicago', country: 'US' },
  note: 'Leave at the door',
  lines: [
    {
      title: 'Trail Mug',
      sku: 'MUG-1',
      quantity: 3,
      unitPrice: '12.50',
      discountTotal: '2.50',
      total: '35.00',
    },
    { title: 'Card', sku: 'CARD', quantity: 1, unitPrice: '1.00' },
  ],
  shippingLines: [{ title: 'Express', price: '9.00', discountTotal: '1.00' }],
  fees: [{ kind: 'tip', amount: '2.00' }],
  discounts: [{ amount: '5.00', code: 'HELLO' }],
  totals: { tax: '3.25', total: '44.25' },
}

export interface Outgoing {
  /** `erp/netsuite/order-out`. */
  mapping: string
  settings: Record<string, unknown>
  /** Text of an overlay that a customer laid over the shipped file. */
  overlay?: string
  /** Another order than the one above. */
  order?: object
}

/** What the outgoing mapping makes of the order, as the deliverer runs it. */
export async function outgoingBody({
  mapping,
  settings,
  overlay,
  order = ORDER,
}: Outgoing): Promise<Record<string, unknown>> {
  const { schemas, sources } = await loadAllSchemas(MAPPINGS)
  const mapper = createMapper({ schemas, sources, settings: SETTINGS_SCHEMAS })
  const path = `${mapping}.map.yaml`
  const file = { path, text: readFileSync(`${MAPPINGS}/${path}`, 'utf8') }
  const overlays = overlay === undefined ? [] : [{ path: 'acme.overlay.yaml', text: overlay }]
  const { plan, problems } = mapper.compile(file, overlays)
  if (!plan) throw new Error(JSON.stringify(problems))
  const bindings = { connection: { id: 'erp', tenant: 'acme', settings } }
  const run = mapper.run(plan, order, { bindings })
  if (!run.ok) throw new Error(JSON.stringify(run))
  return run.output.body
}
