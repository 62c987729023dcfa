import { beforeAll, describe, expect, it } from '@jest/globals'
import type { Inventory, Product, Return, Shipment } from '#core/documents/types.gen.ts'
import { folder, openTranslator, type Result, read, type Translator } from './woocommerce-payloads.ts'
import { millionths } from './woocommerce-reading.ts'

if (folder === null) console.warn('Skipped: the folder of real partner payloads is not there (HUB_FIXTURES).')
const suite = folder === null ? describe.skip : describe

suite('real refunds, products, stock and parcels of WooCommerce', () => {
  let translator: Translator

  beforeAll(async () => {
    translator = await openTranslator()
  })

  it('refund-1.json becomes four returns of the order that names them', async () => {
    const refunds = JSON.parse(read('refund-1.json').toString()) as WooRefund[]
    const order = { id: 560, number: '560', currency: 'USD', prices_include_tax: false, refunds: [{ id: 1 }] }
    const results = await translator.translate(Buffer.from(JSON.stringify(order)), 'rest/refunds', {
      '/orders/560/refunds': refunds,
    })
    expect(results.flatMap(({ problems }) => problems)).toEqual([])
    for (const [index, refund] of refunds.entries()) expectSameReturn(results[index], refund)
  })

  it('product-variation-1.json becomes the variants of its product', async () => {
    const variations = JSON.parse(read('product-variation-1.json').toString()) as WooVariation[]
    const product = { id: 1271, name: 'Chocolate', type: 'variable', status: 'publish', variations: [1, 2] }
    const [result] = await translator.translate(Buffer.from(JSON.stringify(product)), 'product.updated', {
      '/products/1271/variations': variations,
    })
    expect(result?.problems).toEqual([])
    const { variants } = result!.document!.body as unknown as Product
    expect(variants).toHaveLength(2)
    for (const [index, variation] of variations.entries()) {
      expect(variants[index]).toMatchObject({
        externalId: String(variation.id),
        options: variation.attributes.map(({ name, option }) => ({ name, value: option })),
        inventoryQuantity: variation.stock_quantity,
        weight: { value: Number(variation.weight), unit: 'kg' },
        tracked: true,
        sellWhenOut: true,
        taxCode: 'reduced-rate',
      })
      expect(variants[index]?.price).toBe(variation.price || undefined)
    }
  })

  it('product-variation-1.json counts the units of the variation that has its own', async () => {
    const product = { id: 1271, type: 'variable', manage_stock: true, stock_quantity: 1 }
    const results = await translator.translate(Buffer.from(JSON.stringify(product)), 'rest/stock', {
      '/products/1271/variations': JSON.parse(read('product-variation-1.json').toString()),
    })
    const stock = results.map(({ document }) => document?.body as unknown as Inventory | undefined)
    expect(stock.map(body => [body?.externalId, body?.available])).toEqual([
      ['1271@shop', 1],
      ['1274@shop', 6],
      [undefined, undefined],
    ])
    expect(results[2]?.skipped).toBe('COVERED_ELSEWHERE')
    expect(stock[1]).toMatchObject({
      productId: '1271',
      variantId: '1274',
      tracked: true,
      utcOffset: '+08:00',
    })
  })

  it('product-stock-1.json is stock whose figure is text', async () => {
    const [result] = await translator.translate(read('product-stock-1.json'), 'rest/stock')
    expect(result?.problems).toEqual([])
    expect(result?.document?.body).toMatchObject({
      externalId: '2051@shop',
      available: 12,
      tracked: false,
      attributes: { stockStatus: 'outofstock' },
    })
    const [product] = await translator.translate(read('product-stock-1.json'), 'product.updated')
    expect(product?.document?.body).toMatchObject({ title: '貴志川線 1日乘車券', externalId: '2051' })
  })

  it('shipment-tracking-1.json becomes a shipment a parcel', async () => {
    const trackings = JSON.parse(read('shipment-tracking-1.json').toString()) as WooTracking[]
    const order = { id: 198, number: '198', date_modified_gmt: '2026-05-01T10:00:00', trackings }
    const results = await translator.translate(Buffer.from(JSON.stringify(order)), 'rest/trackings')
    expect(results.flatMap(({ problems }) => problems)).toEqual([])
    for (const [index, tracking] of trackings.entries()) {
      const shipment = results[index]?.document?.body as unknown as Shipment
      expect(shipment).toMatchObject({ externalId: tracking.tracking_id, orderId: '198', lines: [] })
      expect(shipment.packages).toHaveLength(1)
      expect(shipment.packages[0]?.trackingNumber).toBe(tracking.tracking_number)
      expect(shipment.packages[0]?.carrier ?? null).toBe(tracking.tracking_provider)
      expect(shipment.packages[0]?.trackingUrl ?? '').toBe(tracking.tracking_link ?? '')
      expect(shipment.shippedAt?.slice(0, 10) ?? null).toBe(tracking.date_shipped)
    }
  })

  it('have no field that the source schemas do not declare', () => {
    expect([...translator.drift].sort()).toEqual([])
  })
})

function expectSameReturn(result: Result | undefined, refund: WooRefund): void {
  const body = result?.document?.body as unknown as Return
  expect(body).toMatchObject({ externalId: String(refund.id), orderId: '560', currency: 'USD' })
  expect(body.note).toBe(refund.reason || undefined)
  expect(body.createdAt).toBe(`${refund.date_created_gmt}Z`)
  expect(millionths(body.totals?.refunded)).toBe(millionths(refund.amount))
  expect(body.lines).toHaveLength(refund.line_items.length)
  let parts = 0n
  for (const [index, item] of refund.line_items.entries()) {
    const line = body.lines[index]!
    expect(line.quantity).toBe(-item.quantity)
    expect(millionths(line.subtotal)).toBe(-millionths(item.total))
    expect(millionths(line.tax)).toBe(-millionths(item.total_tax))
    expect(line.lineId).toBe(item.meta_data.find(({ key }) => key === '_refunded_item_id')?.value)
    parts += millionths(line.subtotal) + millionths(line.tax)
  }
  for (const item of [...(body.shipping ?? []), ...(body.adjustments ?? [])])
    parts += millionths(item.amount) + millionths(item.tax)
  expect(parts).toBe(millionths(refund.amount))
}

interface WooRefund {
  id: number
  date_created_gmt: string
  amount: string
  reason: string
  line_items: {
    quantity: number
    total: string
    total_tax: string
    meta_data: { key: string; value: string }[]
  }[]
}

interface WooVariation {
  id: number
  price: string
  weight: string
  stock_quantity: number
  attributes: { name: string; option: string }[]
}

interface WooTracking {
  tracking_id: string
  tracking_number: string
  tracking_provider: string | null
  tracking_link: string | null
  date_shipped: string | null
}
