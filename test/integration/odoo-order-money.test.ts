import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { odooServer } from '#test/support/odoo.ts'
import { OdooDesk } from '#test/support/odoo-desk.ts'
import { FIELDS, ordersAt, type SaleOrder } from './odoo-orders-bench.ts'

const server = odooServer()
const suite = server ? describe : describe.skip

suite('the money of an order in a real Odoo', () => {
  const { countOf, desk, linesOf, open, order, refusal, sale, skus, taxed } = ordersAt(server)

  beforeAll(open)
  afterAll(() => desk.close())

  describe('taxes', () => {
    it('a rate on top becomes the tax of Odoo with that rate', async () => {
      const id = await desk.push(order({ ...taxed(0.0825, ['2.06', '0.66']), totals: { total: '40.72' } }))
      expect(await sale(id)).toMatchObject({ state: 'sale', amount_total: 40.72, amount_tax: 2.72 })
    })

    it('a rate inside the price becomes the tax that Odoo takes out of it', async () => {
      const one = order({ ...taxed(0.2, ['4.17', '1.33']), taxesIncluded: true, totals: { total: '38.00' } })
      expect(await sale(await desk.push(one))).toMatchObject({
        state: 'sale',
        amount_total: 38,
        amount_tax: 5.5,
      })
    })

    it('a cent that the two round differently stands in a line of its own', async () => {
      const id = await desk.push(order({ ...taxed(0.0825, ['2.06', '0.67']), totals: { total: '40.73' } }))
      expect(await sale(id)).toMatchObject({ state: 'sale', amount_total: 40.73 })
      expect((await linesOf(id)).at(-1)).toMatchObject({ name: 'Rounding', price_unit: 0.01, tax_ids: [] })
    })

    it('a rate that Odoo has not parks the order, named', async () => {
      const error = await refusal(order({ ...taxed(0.0777, ['1.94', '0.62']), totals: { total: '40.56' } }))
      expect(error).toMatchObject({ code: 'MASTER_DATA_MISSING', detail: 'Odoo has no sales tax of 7.77 %.' })
    })

    it('under `lines` the channel’s tax is a line of its own', async () => {
      const own = desk.again({ settings: { taxes: 'lines' } })
      const id = await own.push(order({ ...taxed(0.07, ['1.75', '0.56']), totals: { total: '40.31' } }))
      expect(await sale(id)).toMatchObject({ state: 'sale', amount_total: 40.31, amount_tax: 0 })
      own.close()
    })

    it('what a marketplace pays itself is no tax of ours', async () => {
      const lines = [
        { ...{ externalId: '1', title: 'Mug', sku: skus[0], quantity: 1, unitPrice: '10.00' } },
      ].map(line => ({ ...line, taxes: [{ rate: 0.0825, amount: '0.83', channelLiable: true }] }))
      const id = await desk.push(order({ lines, shippingLines: [], totals: { total: '10.83' } }))
      expect(await sale(id)).toMatchObject({ amount_total: 10.83, amount_tax: 0 })
    })
  })

  it('discounts are to the cent, on lines, on delivery and on the whole', async () => {
    const one = order({ totals: { total: '30.01' }, discounts: [{ amount: '2.00', title: 'Loyalty' }] })
    const [mug, card] = one['lines'] as Record<string, unknown>[]
    const lines = [{ ...mug, discounts: [{ amount: '3.33' }], discountTotal: '3.33' }, card]
    const shippingLines = [{ title: 'Standard', price: '5.00', discounts: [{ amount: '2.66' }] }]
    const id = await desk.push({ ...one, lines, shippingLines })
    expect(await sale(id)).toMatchObject({ state: 'sale', amount_total: 30.01 })
    expect((await linesOf(id)).at(-1)).toMatchObject({ price_unit: -7.99 })
  })

  it('a foreign currency comes by its pricelist', async () => {
    const held = await sale(await desk.push(order({ currency: 'EUR' })))
    const { name } = await desk.read<{ name: string }>('res.currency', held.currency_id, ['name'])
    expect([name, held.amount_total]).toEqual(['EUR', 38])
  })

  it('lines without a SKU, gift cards, tips and duties have products of their own', async () => {
    const lines = [
      { externalId: '1', title: 'Engraving', kind: 'custom', quantity: 1, unitPrice: '4.00' },
      { externalId: '2', title: 'Gift card', kind: 'gift-card', quantity: 1, unitPrice: '25.00' },
    ]
    const fees = [
      { kind: 'tip', amount: '2.00' },
      { kind: 'duty', title: 'Duty', amount: '1.50' },
    ]
    const id = await desk.push(order({ lines, fees, totals: { total: '37.50' } }))
    expect(await sale(id)).toMatchObject({ state: 'sale', amount_total: 37.5 })
    expect((await linesOf(id)).map(({ name }) => name)).toEqual([
      'Engraving',
      'Gift card',
      'Standard',
      'tip',
      'Duty',
    ])
  })

  it('an unknown SKU parks the order, named, and nothing is made', async () => {
    const one = order()
    const lines = [{ externalId: '1', title: 'Mug', sku: `NO-${desk.own}`, quantity: 1, unitPrice: '1.00' }]
    const error = await refusal({ ...one, lines })
    expect(error).toMatchObject({ code: 'SKU_UNKNOWN', detail: expect.stringContaining(`NO-${desk.own}`) })
    expect(await countOf(one)).toBe(0)
  })

  it('a SKU that two articles have parks the order', async () => {
    const [sku] = await new OdooDesk(server!).articles(1)
    await desk.api.call('product.product', 'create', { vals_list: [{ name: 'Twin', default_code: sku }] })
    const lines = [{ externalId: '1', title: 'Mug', sku, quantity: 1, unitPrice: '1.00' }]
    expect(await refusal(order({ lines }))).toMatchObject({
      ...{ code: 'SKU_UNKNOWN', detail: expect.stringContaining('2 articles') },
    })
  })

  it('another total than the channel’s parks the order unconfirmed, both named', async () => {
    const one = order({ totals: { total: '39.00' } })
    expect(await refusal(one)).toMatchObject({
      code: 'TOTAL_DIFFERS',
      detail: 'The channel’s total is 39.00 USD, Odoo’s 38.00: the difference is 1.00.',
    })
    const [held] = await desk.api.searchRead<SaleOrder>('sale.order', {
      ...{ domain: [['client_order_ref', '=', one['number']]], fields: FIELDS },
    })
    expect(held).toMatchObject({ state: 'draft', amount_total: 38 })
  })
})
