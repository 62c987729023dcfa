import { gzipSync } from 'node:zlib'
import { decimal } from './draw-order.ts'

export interface SimSettlement {
  id: string
  start: number
  end: number
  /** Cents. */
  rows: {
    transaction: string
    orderId: string
    type: string
    description: string
    cents: number
    sku: string
  }[]
}

/** Columns of a flat file V2, as Amazon documents them. */
export const SETTLEMENT_COLUMNS = [
  ...[
    'settlement-id',
    'settlement-start-date',
    'settlement-end-date',
    'deposit-date',
    'total-amount',
    'currency',
  ],
  ...[
    'transaction-type',
    'order-id',
    'merchant-order-id',
    'adjustment-id',
    'shipment-id',
    'marketplace-name',
  ],
  ...['amount-type', 'amount-description', 'amount', 'fulfillment-id', 'posted-date', 'posted-date-time'],
  ...[
    'order-item-code',
    'merchant-order-item-id',
    'merchant-adjustment-item-id',
    'sku',
    'quantity-purchased',
    'promotion-id',
  ],
]

const stamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`

/** A flat file V2 as Amazon writes it: a row that sums up, then one per amount; gzip, tabs, no quotation marks. */
export function settlementFile({ id, start, end, rows }: SimSettlement): Buffer {
  const total = rows.reduce((sum, { cents }) => sum + cents, 0)
  const lines = [
    SETTLEMENT_COLUMNS,
    lineOf({
      'settlement-id': id,
      'settlement-start-date': stamp(start),
      'settlement-end-date': stamp(end),
      'deposit-date': stamp(end + 2 * 86_400_000),
      'total-amount': decimal(total),
      currency: 'USD',
    }),
    ...rows.map(({ transaction, orderId, type, description, cents, sku }) =>
      lineOf({
        'settlement-id': id,
        'transaction-type': transaction,
        'order-id': orderId,
        'marketplace-name': 'Amazon.com',
        'amount-type': type,
        'amount-description': description,
        amount: decimal(cents),
        'fulfillment-id': 'MFN',
        'posted-date': stamp(end).slice(0, 10),
        'posted-date-time': stamp(end - 3_600_000),
        sku,
        'quantity-purchased': type === 'ItemPrice' && description === 'Principal' ? '1' : '',
      }),
    ),
  ]
  return gzipSync(lines.map(line => line.join('\t')).join('\r\n'))
}

const lineOf = (cells: Readonly<Record<string, string>>): string[] =>
  SETTLEMENT_COLUMNS.map(column => cells[column] ?? '')
