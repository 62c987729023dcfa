import { odoo } from '#connectors/erp/odoo/connector.ts'
import { createOdooSimulator, type OdooSimulator } from '#connectors/erp/odoo/simulator.ts'
import type { ConnectorContext, PushOperation } from '#connectors/sdk/index.ts'
import { systemClock } from '#core/kernel/clock.ts'
import { createHttpClient } from '#core/kernel/http-client.ts'
import { createEmbeddedState } from '#core/resilience/embedded/embedded-state.ts'
import { createTogether } from '#core/resilience/together.ts'

const KEY = 'simulated-key'

/** A simulated Odoo and a connection to it; which calls it got, by model and method. */
export async function openDesk(settings: Record<string, unknown> = {}) {
  const simulator: OdooSimulator = await createOdooSimulator({
    ...{ apiKey: KEY, articles: ['MUG', 'CARD', 'SHIP', 'OFF', 'ROUND'], now: () => 0, random: () => 0 },
  })
  const http = createHttpClient({ clock: systemClock, allowPrivateHosts: ['127.0.0.1'] })
  const { locks } = createEmbeddedState(systemClock)
  const calls: string[] = []
  const context: ConnectorContext = {
    connection: {
      ...{ id: 'erp', tenant: 'acme', connector: 'odoo', secrets: { apiKey: [KEY] } },
      settings: {
        baseUrl: simulator.baseUrl,
        products: { shipping: 'SHIP', discount: 'OFF', rounding: 'ROUND' },
        ...settings,
      },
    },
    http: {
      request(request) {
        calls.push(new URL(request.url).pathname.replace('/json/2/', ''))
        return http.request(request)
      },
    },
    token: async () => '',
    now: () => 0,
    together: createTogether({ locks, clock: systemClock, random: () => 0, longestMs: 10_000 })('erp'),
    sleep: async () => undefined,
    signal: new AbortController().signal,
    log: () => undefined,
  }
  return {
    simulator,
    context,
    calls,
    push: (operation: PushOperation) => odoo.push!(operation, context),
    sale: (id: string) => simulator.database.get('sale.order', id),
    close: async () => {
      http.close()
      await simulator.close()
    },
  }
}

let nth = 0

/** 2 × 12.50 + 5.00 = 30.00 USD. */
export function operation(
  body: Record<string, unknown> = {},
  change: Partial<PushOperation> = {},
): PushOperation {
  nth += 1
  return {
    ...{ resource: 'order', key: `acme:shop:${nth}`, revision: 1, externalId: null, dependencies: {} },
    ...{ uncertain: false, idempotencyKey: `order:${nth}`, sending: () => undefined },
    body: {
      ...{ currency: 'USD', total: '30.00', partner: { key: `c${nth}`, name: 'Mara' } },
      order: { client_order_ref: `#${nth}`, date_order: '2026-05-04T08:00:00Z' },
      lines: [{ id: '1', sku: 'MUG', name: 'Mug', quantity: 2, product_uom_qty: 2, price_unit: '12.50' }],
      shipping: [{ id: 's', name: 'Standard', quantity: 1, product_uom_qty: 1, price_unit: '5.00' }],
      ...body,
    },
    ...change,
  }
}
