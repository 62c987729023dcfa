import { describe, expect, it } from '@jest/globals'
import type { ReturnBody } from '#connectors/erp/odoo/pushes/return-body.ts'
import { creditLines, priced } from '#connectors/erp/odoo/pushes/return-credit-lines.ts'
import type { Matched } from '#connectors/erp/odoo/pushes/return-lines.ts'
import { formatScaled, toScaled } from '#connectors/sdk/index.ts'

const line = (amount: string, tax?: string): Matched => ({
  ...{ sku: 'MUG-1', quantity: 1, amount, sold: null },
  ...(tax === undefined ? {} : { tax }),
})

const shown = (body: Partial<ReturnBody>, lines: Matched[]) =>
  creditLines({ currency: 'USD', ...body }, lines).map(({ kind, gross, net }) => [
    ...[kind, formatScaled(gross, 2), formatScaled(net, 2)],
  ])

describe('lines of a credit note', () => {
  it('tax is on top where what was paid says so, else inside', () => {
    expect(shown({ refunded: '13.53' }, [line('12.50', '1.03')])).toEqual([['article', '13.53', '12.50']])
    expect(shown({ refunded: '12.50' }, [line('12.50', '1.03')])).toEqual([['article', '12.50', '11.47']])
  })

  it('shipping counts without its sign', () => {
    expect(shown({ refunded: '17.50', shipping: [{ amount: '-5.00' }] }, [line('12.50')])).toEqual([
      ['article', '12.50', '12.50'],
      ['shipping', '5.00', '5.00'],
    ])
  })

  it('what is left over has to be named, whatever its sign', () => {
    const rest = { refunded: '14.50', adjustments: [{ amount: '-2.00' }] }
    expect(shown(rest, [line('12.50')])).toContainEqual(['adjustment', '2.00', '2.00'])
    expect(() => shown({ refunded: '14.50' }, [line('12.50')])).toThrow(/difference is 2.00/)
    expect(() => shown({ refunded: '11.50' }, [line('12.50')])).toThrow(/difference is -1.00/)
  })

  it('money for no line at all is an adjustment', () => {
    expect(shown({ refunded: '2.50' }, [])).toEqual([['adjustment', '2.50', '2.50']])
  })
})

describe('prices of units', () => {
  const parts = (amount: string, units: number) => priced(toScaled(amount), units)

  it('make exactly the amount, with a unit of its own for what does not divide', () => {
    expect(parts('25.00', 2)).toEqual([{ quantity: 2, price: '12.50' }])
    expect(parts('10.00', 3)).toEqual([
      { quantity: 2, price: '3.33' },
      { quantity: 1, price: '3.34' },
    ])
  })

  it('goods by weight are one', () => {
    expect(parts('3.33', 0.25)).toEqual([{ quantity: 1, price: '3.33' }])
  })
})
