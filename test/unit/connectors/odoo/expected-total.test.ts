import { describe, expect, it } from '@jest/globals'
import { shown } from '#connectors/erp/odoo/orders/amounts.ts'
import type { LineBody, OrderBody } from '#connectors/erp/odoo/orders/body.ts'
import { expectedTotal } from '#connectors/erp/odoo/orders/expected-total.ts'

const line = (more: Partial<LineBody> = {}): LineBody => ({
  ...{ id: '1', name: 'Mug', quantity: 3, product_uom_qty: 3, price_unit: '10.00', discount: '1.00' },
  taxes: [{ rate: 0.1, amount: '2.90' }],
  ...more,
})

const expected = (more: Partial<OrderBody> = {}, lines = [line()]): string => {
  const body = { currency: 'USD', total: '31.90', partner: {}, order: {}, lines, ...more }
  return shown(expectedTotal(body), 'USD')
}

describe('what a sale order has to cost', () => {
  it('is the channel’s total while everything is wanted, whatever was paid back', () =>
    expect(expected({ currentTotal: '20.00' })).toBe('31.90'))

  it('is less by the share of what was taken off, discount and tax included', () =>
    expect(expected({}, [line({ product_uom_qty: 2 })])).toBe('21.26'))

  it('has no tax on top where prices include it', () =>
    expect(expected({ taxesIncluded: true, total: '29.00' }, [line({ product_uom_qty: 2 })])).toBe('19.33'))

  it('takes the channel’s own rounding of what is left', () =>
    expect(expected({ currentTotal: '21.27' }, [line({ product_uom_qty: 2 })])).toBe('21.27'))

  it('does not take money that went back without goods', () =>
    expect(expected({ currentTotal: '15.00' }, [line({ product_uom_qty: 2 })])).toBe('21.26'))
})
