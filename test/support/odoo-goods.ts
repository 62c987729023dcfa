import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { odoo } from '#connectors/erp/odoo/connector.ts'
import type { PushOperation, Resource } from '#connectors/sdk/index.ts'
import type { Plan } from '#core/contracts/mapper.ts'
import { loadSchemas } from '#core/mapping/load.ts'
import { createMapper } from '#core/mapping/mapper.ts'
import type { OdooDesk } from './odoo-desk.ts'

const MAPPINGS = fileURLToPath(new URL('../../mappings', import.meta.url))
const MAPPER = createMapper({ schemas: await loadSchemas(MAPPINGS) })
const PLANS = new Map<string, Plan>()

type Document = Record<string, unknown>

export interface Transfer {
  id: number
  state: string
  carrier_tracking_ref: string | false
  carrier_id: number | false
  backorder_id: number | false
  return_id: number | false
}

export interface SoldLine {
  name: string
  product_uom_qty: number
  qty_delivered: number
  qty_invoiced: number
}

/** Orders of two articles that are on stock, and what warehouses and buyers do with them. */
export class OdooGoods {
  readonly desk: OdooDesk
  #skus: string[] = []
  #nth = 0

  constructor(desk: OdooDesk) {
    this.desk = desk
  }

  get skus(): readonly [string, string] {
    return [this.#skus[0]!, this.#skus[1]!]
  }

  /** Articles of this test's own, `units` of each in MAIN. */
  async stock(units: number): Promise<void> {
    const { api } = this.desk
    this.#skus = await this.desk.articles(2)
    const products = await api.searchRead<{ id: number }>('product.product', {
      ...{ domain: [['default_code', 'in', this.#skus]], fields: [], order: 'id' },
    })
    const [main] = await api.searchRead<{ lot_stock_id: number }>('stock.warehouse', {
      ...{ domain: [['code', '=', 'MAIN']], fields: ['lot_stock_id'] },
    })
    const ids = await api.call<number[]>('stock.quant', 'create', {
      vals_list: products.map(({ id }) => ({
        ...{ product_id: id, location_id: main!.lot_stock_id, inventory_quantity: units },
      })),
      context: { inventory_mode: true },
    })
    await api.call('stock.quant', 'action_apply_inventory', { ids })
  }

  /** `mugs` × 12.50 + `cards` × 8.00, with 8.25 % on the mugs where `taxed`, and 5.00 delivery. */
  async order({
    mugs = 3,
    cards = 2,
    taxed = false,
  } = {}): Promise<{ id: number; key: string; document: Document }> {
    this.#nth += 1
    const { own } = this.desk
    const externalId = `g${this.#nth}`
    const tax = ((12.5 * mugs * 8.25) / 100).toFixed(2)
    const address = { name: 'Mara Lindqvist', line1: '12 Canal St', city: 'Chicago', country: 'US' }
    const document: Document = {
      ...{ externalId, number: `#${externalId}-${own}`, channel: 'shopify', status: 'open', currency: 'USD' },
      ...{
        placedAt: '2026-05-04T08:00:00Z',
        taxesIncluded: false,
        email: `mara-${externalId}@${own}.example.com`,
      },
      ...{ billingAddress: address, shippingAddress: address },
      lines: [
        {
          ...{ externalId: '1', title: 'Trail Mug', sku: this.skus[0], quantity: mugs, unitPrice: '12.50' },
          ...(taxed ? { taxes: [{ rate: 0.0825, amount: tax }] } : {}),
        },
        { externalId: '2', title: 'Card', sku: this.skus[1], quantity: cards, unitPrice: '8.00' },
      ],
      shippingLines: [{ title: 'Standard', price: '5.00' }],
      totals: { total: (12.5 * mugs + 8 * cards + 5 + (taxed ? Number(tax) : 0)).toFixed(2) },
    }
    return { id: await this.desk.push(document), key: `acme:shop-${own}:${externalId}`, document }
  }

  /** As the deliverer hands it over, with the link of its order. */
  operation(resource: Resource, { document, order, ...change }: Pushed): PushOperation {
    const key = `acme:3pl-${this.desk.own}:${String(document['externalId'])}`
    const { id, tenant, settings } = this.desk.context.connection
    const run = MAPPER.run(planOf(resource), document, { bindings: { connection: { id, tenant, settings } } })
    if (!run.ok) throw new Error(JSON.stringify(run))
    return {
      ...{ resource, key, revision: 1, body: run.output.body, externalId: null, uncertain: false },
      ...{ dependencies: { [`order:${order.key}`]: String(order.id) }, idempotencyKey: `${resource}:${key}` },
      ...{ sending: () => undefined, ...change },
    }
  }

  /** Through this desk, or another process. */
  async push(resource: Resource, pushed: Pushed, desk = this.desk): Promise<string> {
    return (await odoo.push!(this.operation(resource, pushed), desk.context)).externalId
  }

  shipment(lines: Document[] | undefined, more: Document = {}): Document {
    this.#nth += 1
    return {
      ...{ externalId: `s${this.#nth}`, channel: 'shipbob', status: 'shipped' },
      ...{
        lines: lines ?? [],
        packages: [{ carrier: 'UPS', trackingNumber: `1Z${this.desk.own}${this.#nth}` }],
        ...more,
      },
    }
  }

  transfers(order: number): Promise<Transfer[]> {
    return this.desk.api.searchRead<Transfer>('stock.picking', {
      domain: [['sale_id', '=', order]],
      fields: ['state', 'carrier_tracking_ref', 'carrier_id', 'backorder_id', 'return_id'],
      order: 'id',
    })
  }

  /** Of the two articles. */
  async sold(order: number): Promise<SoldLine[]> {
    const lines = await this.desk.api.searchRead<SoldLine>('sale.order.line', {
      domain: [['order_id', '=', order]],
      fields: ['name', 'product_uom_qty', 'qty_delivered', 'qty_invoiced'],
      order: 'id',
    })
    return lines.slice(0, 2)
  }

  /** Of the first article, in MAIN: on hand, and what nobody has reserved. */
  async onHand(): Promise<{ qty_available: number; free_qty: number }> {
    const [main] = await this.desk.api.searchRead<{ id: number }>('stock.warehouse', {
      ...{ domain: [['code', '=', 'MAIN']], fields: [] },
    })
    const [row] = await this.desk.api.searchRead<{ qty_available: number; free_qty: number }>(
      'product.product',
      {
        ...{ domain: [['default_code', '=', this.skus[0]]], fields: ['qty_available', 'free_qty'] },
        context: { warehouse_id: main!.id },
      },
    )
    return row!
  }
}

export interface Pushed extends Partial<PushOperation> {
  document: Document
  order: { id: number; key: string }
}

function planOf(resource: Resource): Plan {
  const path = `erp/odoo/${resource}-out.map.yaml`
  const known = PLANS.get(path)
  if (known) return known
  const { plan, problems } = MAPPER.compile({ path, text: readFileSync(join(MAPPINGS, path), 'utf8') }, [])
  if (!plan) throw new Error(JSON.stringify(problems))
  PLANS.set(path, plan)
  return plan
}
