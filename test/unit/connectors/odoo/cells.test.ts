import { describe, expect, it } from '@jest/globals'
import { cellOf, holds, htmlOf } from '#connectors/erp/odoo/orders/cells.ts'

describe('cells of a load', () => {
  it.each([
    ['2026-05-04T10:00:00+02:00', '2026-05-04 08:00:00'],
    ['2026-13-45T10:00:00Z', '2026-13-45T10:00:00Z'],
    ['#1001', '#1001'],
    [true, 'True'],
    [false, 'False'],
    [undefined, ''],
    [2.5, '2.5'],
  ])('%p becomes “%s”', (value, cell) => expect(cellOf(value)).toBe(cell))

  it('text of people is HTML that holds nothing but text', () =>
    expect(htmlOf('a & <b>\n\nc')).toBe('<p>a &amp; &lt;b&gt;</p><p>c</p>'))

  it.each<[unknown, string]>([
    [false, ''],
    [false, '0'],
    [true, 'True'],
    [12.5, '12.50'],
    [[8, 'Mara'], '8'],
    [[8, 'Mara'], 'Mara'],
    [[2, 1], '1,2'],
    [[], ''],
    ['<p data-x="1">a &amp; &lt;b&gt;</p>', '<p>a &amp; &lt;b&gt;</p>'],
  ])('Odoo’s %p is what “%s” would write', (value, cell) => expect(holds(value, cell)).toBe(true))

  it.each<[unknown, string]>([
    [false, 'x'],
    [0, ''],
    [12.5, '12.51'],
    [[8, 'Mara'], '9'],
    [[1], ''],
    [[1], '1,2'],
    ['a', 'b'],
  ])('Odoo’s %p is not what “%s” would write', (value, cell) => expect(holds(value, cell)).toBe(false))
})
