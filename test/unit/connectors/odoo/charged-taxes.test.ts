import { describe, expect, it } from '@jest/globals'
import type { OrderBody } from '#connectors/erp/odoo/orders/body.ts'
import { withChargedTaxes } from '#connectors/erp/odoo/orders/charged-taxes.ts'

const OWN = { amount: '1.00' }
const MARKETPLACE = { amount: '0.40', channelLiable: true }

const order = (tax?: string): OrderBody => ({
  ...{ currency: 'USD', total: '20.00', partner: {}, order: {}, ...(tax !== undefined && { tax }) },
  lines: [
    {
      ...{ id: '1', name: 'Mug', quantity: 1, product_uom_qty: 1, price_unit: '12.00' },
      taxes: [OWN, MARKETPLACE],
    },
  ],
  shipping: [
    { id: 's', name: 'Post', quantity: 1, product_uom_qty: 1, price_unit: '7.00', taxes: [MARKETPLACE] },
  ],
})

const taxesOf = ({ lines, shipping }: OrderBody) => [...lines, ...shipping!].map(({ taxes }) => taxes)

describe('tax that a marketplace pays itself', () => {
  it('is part of the order where the total has it', () =>
    expect(withChargedTaxes(order('1.80'))).toEqual(order('1.80')))

  it('is no part of it where it comes on top of the total', () =>
    expect(taxesOf(withChargedTaxes(order('1.00')))).toEqual([[OWN], []]))

  it('is believed where the channel does not tell the tax of the total', () =>
    expect(withChargedTaxes(order())).toEqual(order()))
})
