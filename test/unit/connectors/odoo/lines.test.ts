import { describe, expect, it } from '@jest/globals'
import type { LineBody, OrderBody } from '#connectors/erp/odoo/orders/body.ts'
import { wantedLines } from '#connectors/erp/odoo/orders/lines.ts'
import { odooSettings } from '#connectors/erp/odoo/settings.ts'

const tax = (id: number, amount: number, price_include = false, name = `${amount} %`) => ({
  ...{ id, name, amount, amount_type: 'percent', price_include },
})

const line = (more: Partial<LineBody> = {}): LineBody => ({
  ...{ id: '1', sku: 'MUG', name: 'Mug', quantity: 2, product_uom_qty: 2, price_unit: '12.00' },
  ...more,
})

const products = { shipping: 'SHIP', discount: 'OFF', fee: 'FEE', tax: 'TAX', unmapped: 'OTHER' }

function lines(body: Partial<OrderBody>, settings = {}, taxes = [tax(1, 6), tax(2, 2.25), tax(3, 20, true)]) {
  const own = odooSettings({ settings: { products, ...settings } })
  const world = { settings: own, master: { taxes }, included: body.taxesIncluded ?? false }
  const whole = { currency: 'USD', total: '0', partner: {}, order: {}, lines: [line()], ...body }
  return wantedLines({ body: whole, settings: own, world })
}

const taxed = (...rates: number[]) => rates.map(rate => ({ rate, amount: '1.00' }))

describe('the lines of a sale order', () => {
  it('several rates of one line are each a tax of Odoo', () =>
    expect(lines({ lines: [line({ taxes: taxed(0.06, 0.0225) })] })[0]!.taxes).toEqual([1, 2]))

  it('or the one that is their sum', () => {
    const taxes = [tax(1, 6), tax(2, 2.25), tax(4, 8.25)]
    expect(lines({ lines: [line({ taxes: taxed(0.06, 0.0225) })] }, {}, taxes)[0]!.taxes).toEqual([4])
  })

  it('two taxes of one rate are told apart by the settings alone', () => {
    const taxes = [tax(1, 6, false, 'State'), tax(2, 6, false, 'Other')]
    const body = { lines: [line({ taxes: taxed(0.06) })] }
    expect(() => lines(body, {}, taxes)).toThrow(expect.objectContaining({ code: 'MASTER_DATA_MISSING' }))
    expect(lines(body, { taxRates: { 6: 'Other' } }, taxes)[0]!.taxes).toEqual([2])
  })

  it('a price with tax inside becomes one without for a tax that comes on top, and the other way round', () => {
    const inside = { taxesIncluded: true, lines: [line({ taxes: taxed(0.2) })] }
    const outside = { taxesIncluded: false, lines: [line({ taxes: taxed(0.2) })] }
    expect(lines(inside, { taxRates: { 20: 'On top' } }, [tax(1, 20, false, 'On top')])[0]!.price).toBe(
      '10.00',
    )
    expect(lines(outside, { taxRates: { 20: 'Inside' } }, [tax(1, 20, true, 'Inside')])[0]!.price).toBe(
      '14.40',
    )
  })

  it('what is taken off stands once for each set of taxes, in the share that is still wanted', () => {
    const body = {
      lines: [
        line({ taxes: taxed(0.06), discount: '3.00', product_uom_qty: 1 }),
        line({ id: '2', taxes: taxed(0.06), discount: '1.00' }),
        line({ id: '3', discount: '0.25' }),
      ],
    }
    expect(lines(body).slice(3)).toMatchObject([
      { sku: 'OFF', price: '-2.50', taxes: [1] },
      { sku: 'OFF', price: '-0.25', taxes: [] },
    ])
  })

  it('lines that their channel gives no id stay apart', () =>
    expect(lines({ lines: [line(), line(), line()] }).map(({ id }) => id)).toEqual(['1', '1 (2)', '1 (3)']))

  it('what an order needs and no setting names parks it', () =>
    expect(() => lines({ lines: [line({ sku: undefined })] }, { products: {} })).toThrow(
      expect.objectContaining({ code: 'MASTER_DATA_MISSING' }),
    ))

  it('columns of an overlay go with their line', () =>
    expect(lines({ lines: [line({ x_text: 'For Zoë' })] })[0]!.more).toEqual({ x_text: 'For Zoë' }))
})
