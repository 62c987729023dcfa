import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { odoo } from '#connectors/erp/odoo/connector.ts'
import { changedCursorAt, type Feed } from '#connectors/sdk/index.ts'
import { odooServer } from '#test/support/odoo.ts'
import { OdooDesk } from '#test/support/odoo-desk.ts'
import { OdooGoods } from '#test/support/odoo-goods.ts'

const server = odooServer()
const suite = server ? describe : describe.skip

interface Transfer {
  id: number
  state: string
  carrier_tracking_ref: string | false
  warehouse: { code: string }
  hub_order: boolean
  hub_shipment: boolean
  moves: { default_code: string; quantity: number; product_uom_qty: number }[]
}

interface Stock {
  id: string
  default_code: string
  qty_available: number
  free_qty: number
  incoming_qty: number
  warehouse: { code: string }
}

suite('what a real Odoo tells', () => {
  let goods: OdooGoods
  let desk: OdooDesk
  let began: number

  beforeAll(async () => {
    began = Date.now() - 5_000
    desk = new OdooDesk(server!)
    goods = new OdooGoods(desk)
    await goods.stock(50)
  })
  afterAll(() => desk.close())

  /** One run; the records that changed since the test began, and where it ended. */
  async function run<Row>(feed: Feed, cursor: string = changedCursorAt(began)) {
    const rows: Row[] = []
    const keys: string[] = []
    let last = cursor
    for await (const page of odoo.poll!(feed, cursor, desk.context)) {
      rows.push(...page.messages.map(({ body }) => JSON.parse(body.toString()) as Row))
      keys.push(...page.messages.map(({ dedupeKey }) => dedupeKey))
      last = page.cursor
    }
    return { rows, keys, cursor: last }
  }

  const transfersOf = async (order: { id: number }): Promise<Transfer[]> => {
    const { rows } = await run<Transfer & { sale_id: number }>('shipment')
    return rows.filter(({ sale_id }) => sale_id === order.id)
  }

  it('a transfer from the moment it is assigned, with its warehouse and units, then as it left', async () => {
    const order = await goods.order()
    expect(await transfersOf(order)).toMatchObject([
      {
        ...{ state: 'assigned', hub_order: true, hub_shipment: false, warehouse: { code: 'MAIN' } },
        moves: [
          { default_code: goods.skus[0], product_uom_qty: 3 },
          { default_code: goods.skus[1], product_uom_qty: 2 },
        ],
      },
    ])
    const [transfer] = await goods.transfers(order.id)
    const ids = [transfer!.id]
    await desk.api.call('stock.picking', 'write', { ids, vals: { carrier_tracking_ref: '1Z, 1Y' } })
    await desk.api.call('stock.picking', 'button_validate', { ids, context: { skip_backorder: true } })
    expect(await transfersOf(order)).toMatchObject([
      { id: transfer!.id, state: 'done', hub_shipment: false, carrier_tracking_ref: '1Z, 1Y' },
    ])
  })

  it('what the hub itself told of a shipment, as such', async () => {
    const order = await goods.order()
    const document = goods.shipment([{ sku: goods.skus[0], quantity: 1 }])
    const id = await goods.push('shipment', { order, document })
    expect(await transfersOf(order)).toMatchObject([
      { id: Number(id), state: 'done', hub_shipment: true, moves: [{ quantity: 1 }] },
      { state: 'assigned', hub_shipment: false },
    ])
  })

  it('an order that somebody entered in Odoo is not the hub’s', async () => {
    const [partner] = await desk.api.call<number[]>('res.partner', 'create', {
      vals_list: [{ name: desk.own }],
    })
    const products = await desk.api.searchRead<{ id: number }>('product.product', {
      ...{ domain: [['default_code', '=', goods.skus[0]]], fields: [] },
    })
    const [id] = await desk.api.call<number[]>('sale.order', 'create', {
      vals_list: [{ partner_id: partner, order_line: [[0, 0, { product_id: products[0]!.id }]] }],
    })
    await desk.api.call('sale.order', 'action_confirm', { ids: [id!] })
    expect(await transfersOf({ id: id! })).toMatchObject([{ hub_order: false }])
  })

  it('stock of each warehouse, and again when somebody reserves it', async () => {
    const ofMug = async (cursor?: string) => {
      const { rows, cursor: next } = await run<Stock>('inventory', cursor)
      const own = rows.filter(({ default_code }) => default_code === goods.skus[0])
      return { next, main: own.find(({ warehouse }) => warehouse.code === 'MAIN')!, count: own.length }
    }
    const before = await ofMug()
    expect(before.count).toBeGreaterThanOrEqual(2)
    const { qty_available, free_qty } = await goods.onHand()
    expect(before.main).toMatchObject({ qty_available, free_qty, incoming_qty: 0 })
    await goods.order({ mugs: 4, cards: 1 })
    const { main } = await ofMug(before.next)
    expect(main).toMatchObject({ qty_available, free_qty: free_qty - 4 })
  }, 30_000)

  it('several places of one warehouse are one figure', async () => {
    const { api } = desk
    const [main] = await api.searchRead<{ lot_stock_id: number }>('stock.warehouse', {
      ...{ domain: [['code', '=', 'MAIN']], fields: ['lot_stock_id'] },
    })
    const [shelf] = await api.call<number[]>('stock.location', 'create', {
      vals_list: [{ name: `Shelf ${desk.own}`, location_id: main!.lot_stock_id }],
    })
    const [product] = await api.searchRead<{ id: number }>('product.product', {
      ...{ domain: [['default_code', '=', goods.skus[1]]], fields: [] },
    })
    const ids = await api.call<number[]>('stock.quant', 'create', {
      vals_list: [{ product_id: product!.id, location_id: shelf, inventory_quantity: 7 }],
      context: { inventory_mode: true },
    })
    const before = (await run<Stock>('inventory')).rows.find(row => row.id === `${product!.id}@MAIN`)
    await api.call('stock.quant', 'action_apply_inventory', { ids })
    const after = (await run<Stock>('inventory')).rows.find(row => row.id === `${product!.id}@MAIN`)
    expect(after!.qty_available).toBe(before!.qty_available + 7)
  })

  it('a product with its variant, again when either changes, and when it is archived', async () => {
    const { api } = desk
    interface Product {
      id: number
      name: string
      active: boolean
      variants: { default_code: string; lst_price: number; barcode: string | false }[]
    }
    const sku = `P-${desk.own}`
    const [id] = await api.call<number[]>('product.template', 'create', {
      vals_list: [{ name: sku, default_code: sku, list_price: 12.5 }],
    })
    const own = async () => (await run<Product>('product')).rows.find(row => row.id === id)
    expect(await own()).toMatchObject({
      name: sku,
      variants: [{ default_code: sku, lst_price: 12.5, barcode: false }],
    })
    const [variant] = await api.searchRead<{ id: number }>('product.product', {
      ...{ domain: [['default_code', '=', sku]], fields: [] },
    })
    await api.call('product.product', 'write', { ids: [variant!.id], vals: { barcode: `9${Date.now()}` } })
    expect((await own())!.variants[0]!.barcode).not.toBe(false)
    await api.call('product.template', 'write', { ids: [id!], vals: { active: false } })
    expect(await own()).toMatchObject({ active: false, variants: [{ default_code: sku }] })
  })

  it('the first reading comes in pages, each record once', async () => {
    const whole = JSON.stringify({ since: null })
    const [first, again] = [await run<Stock>('inventory', whole), await run<Stock>('inventory', whole)]
    expect(new Set(first.keys).size).toBe(first.keys.length)
    const own = ({ rows, keys }: typeof first) =>
      keys.filter((_, index) => rows[index]!.default_code === goods.skus[0])
    expect(own(first).length).toBeGreaterThanOrEqual(2)
    expect(own(again)).toEqual(own(first))
  }, 240_000)
})
