import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { instantOf, plainAmount } from '#connectors/marketplaces/amazon/settlements/flat-file-values.ts'
import { readSettlement } from '#connectors/marketplaces/amazon/settlements/read-settlement.ts'
import { settlementFile } from '#connectors/marketplaces/amazon/simulator/settlement-file.ts'

describe('a settlement report', () => {
  it('reads figures and times as other countries write them', () => {
    const file = gunzipSync(settlementFile({ id: '1', start: 0, end: 0, rows: [] }))
      .toString()
      .split('\r\n')[0]!
    const columns = file.split('\t')
    const row = (cells: Record<string, string>) => columns.map(column => cells[column] ?? '').join('\t')
    const text = [
      file,
      row({
        'settlement-id': '7',
        'settlement-start-date': '01.11.2026 05:12:39 UTC',
        'deposit-date': '17.11.2026 05:12:39 UTC',
        'total-amount': '1.234,56',
        currency: 'EUR',
      }),
      row({
        'transaction-type': 'Order',
        'amount-type': 'ItemPrice',
        'amount-description': 'Principal',
        amount: '1.240,00',
        'posted-date': '03.11.2026',
        sku: 'Käse-"gut"',
      }),
      row({ 'transaction-type': 'Order', 'amount-type': 'ItemFees', amount: '-5,44' }),
    ].join('\n')
    const latin = Buffer.from(text, 'latin1')
    expect(readSettlement(latin)).toEqual({
      settlementId: '7',
      startDate: '2026-11-01T05:12:39Z',
      depositDate: '2026-11-17T05:12:39Z',
      totalAmount: '1234.56',
      currency: 'EUR',
      rows: [
        {
          transactionType: 'Order',
          amountType: 'ItemPrice',
          amountDescription: 'Principal',
          amount: '1240.00',
          postedAt: '2026-11-03T00:00:00Z',
          sku: 'Käse-"gut"',
        },
        { transactionType: 'Order', amountType: 'ItemFees', amount: '-5.44' },
      ],
    })
    expect(() => readSettlement(gzipSync('no report'))).toThrow(
      expect.objectContaining({ code: 'BODY_UNREADABLE' }),
    )
  })

  it.each([
    ['12', '12'],
    ['-0.10', '-0.10'],
    ['1,234.50', '1234.50'],
    ['1.234.567', '1234567'],
    ['1\u00a0234,5', '1234.5'],
  ])('takes %s for %s', (figure, amount) => expect(plainAmount(figure)).toBe(amount))

  it.each(['', 'n/a', '1e3', '--1'])('takes “%s” for no figure', figure =>
    expect(() => plainAmount(figure)).toThrow(expect.objectContaining({ code: 'BODY_UNREADABLE' })),
  )

  it.each([
    ['2026-03-01 04:05:06 UTC', '2026-03-01T04:05:06Z'],
    ['2026-03-01T04:05:06+01:00', '2026-03-01T03:05:06Z'],
    ['01.03.2026 04:05:06 UTC', '2026-03-01T04:05:06Z'],
    ['03/01/2026', '2026-03-01T00:00:00Z'],
    ['2026-03-01', '2026-03-01T00:00:00Z'],
  ])('takes %s for %s', (cell, instant) => expect(instantOf(cell)).toBe(instant))
})
