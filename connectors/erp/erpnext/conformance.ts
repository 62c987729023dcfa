import type { PushOperation } from '../../sdk/index.ts'
import type { Conformance, SimulatorOptions } from '../../sdk/testkit/conformance.ts'
import { erpnext } from './connector.ts'
import { createErpnextSimulator, type ErpnextSimulator } from './simulator.ts'

const KEYS = { apiKey: 'simulated-api-key', apiSecret: 'simulated-api-secret' }
const TIME_ZONE = 'Asia/Kolkata'
const COMPANY = 'Acme'
const SALES_ORDER = 'SO-KIT'

type Operation = Pick<PushOperation, 'key' | 'body' | 'dependencies'>

const order = (n: number, revision: number): Operation => ({
  key: `kit:kit-shop:order-${n}`,
  body: {
    company: COMPANY,
    po_no: `#${n}`,
    currency: 'USD',
    total: (10 * revision + 5).toFixed(2),
    buyer: {
      key: `buyer-${n}@example.com`,
      customer_name: 'Mara Lindqvist',
      email_id: `buyer-${n}@example.com`,
    },
    shippingAddress: { address_title: 'Mara Lindqvist', address_line1: '12 Canal St', country: 'US' },
    items: [{ item_code: 'MUG-1', qty: revision, rate: 10 }],
    charges: [{ charge: 'shipping', tax_amount: 5 }],
  },
  dependencies: {},
})

const shipment = (n: number, revision: number): Operation => ({
  key: `kit:kit-3pl:shipment-${n}`,
  body: { lr_no: `1Z999AA1000000000${n}-${revision}`, items: [{ item_code: 'MUG-1', qty: 1 }] },
  dependencies: { 'order:kit:kit-shop:order': SALES_ORDER },
})

const returned = (n: number, revision: number): Operation => ({
  key: `kit:kit-shop:return-${n}`,
  body: { total: `-${10 * revision}.00`, items: [{ item_code: 'MUG-1', qty: -1, rate: 10 * revision }] },
  dependencies: { 'order:kit:kit-shop:order': SALES_ORDER },
})

/** A site with goods, a customer, and a submitted order of a hundred mugs. */
async function simulator(options: SimulatorOptions): Promise<ErpnextSimulator> {
  const made = await createErpnextSimulator({ ...options, ...KEYS, timeZone: TIME_ZONE })
  const { site } = made
  site.insert('Item', { name: 'MUG-1', item_code: 'MUG-1', disabled: 0, is_sales_item: 0 })
  site.insert('Customer', { name: 'Web shop' })
  const items = [{ item_code: 'MUG-1', qty: 100, rate: 10 }]
  site.insert('Sales Order', { name: SALES_ORDER, customer: 'Web shop', docstatus: 1, items })
  return made
}

const conformance: Conformance = {
  connector: erpnext,
  connection: baseUrl => ({
    id: 'kit-erpnext',
    tenant: 'kit',
    connector: 'erpnext',
    settings: { baseUrl, company: COMPANY, shippingAccount: 'Freight - A', timeZone: TIME_ZONE },
    secrets: { apiKey: [KEYS.apiKey], apiSecret: [KEYS.apiSecret] },
  }),
  pushes: {
    order: {
      operation: order,
      refused: () => ({
        ...order(1, 1),
        body: { ...order(1, 1).body, items: [{ item_code: 'NOBODY-SELLS-THIS', qty: 1, rate: 1 }] },
      }),
    },
    shipment: {
      operation: shipment,
      refused: () => ({ ...shipment(1, 1), dependencies: { 'order:kit:kit-shop:order': 'SO-NONE' } }),
    },
    return: {
      operation: returned,
      refused: () => ({ ...returned(1, 1), body: { ...returned(1, 1).body, total: '-11.00' } }),
    },
  },
  simulator,
}

export default conformance
