import { decodeCsv, HubError } from '../../../sdk/index.ts'
import { instantOf, plainAmount } from './flat-file-values.ts'

export interface Settlement {
  settlementId: string
  startDate?: string
  endDate?: string
  depositDate?: string
  totalAmount: string
  currency: string
  rows: SettlementRow[]
}

export interface SettlementRow {
  transactionType?: string
  orderId?: string
  merchantOrderId?: string
  adjustmentId?: string
  shipmentId?: string
  marketplaceName?: string
  amountType?: string
  amountDescription?: string
  amount: string
  fulfillmentId?: string
  postedAt?: string
  orderItemCode?: string
  sku?: string
  quantity?: number
  promotionId?: string
}

type Row = Readonly<Record<string, string>>

const COLUMNS = ['settlement-id', 'total-amount', 'currency', 'transaction-type', 'amount-type', 'amount']

/**
 * A flat file V2: a heading, one row that sums up, then one row per amount. Figures and times are written as in the
 * country of the marketplace; here they become plain decimals and RFC 3339. Some files come in Windows-1252.
 */
export function readSettlement(bytes: Buffer): Settlement {
  const [summary, ...rows] = rowsOf(bytes)
  const total = summary && text(summary, 'total-amount')
  const settlementId = summary && text(summary, 'settlement-id')
  const currency = summary && text(summary, 'currency')
  if (!total || !settlementId || !currency)
    throw new HubError('BODY_UNREADABLE', { detail: 'The settlement report does not begin with its sum.' })
  return {
    settlementId,
    ...dates(summary),
    totalAmount: plainAmount(total),
    currency,
    rows: rows.map(rowOf),
  }
}

function rowsOf(bytes: Buffer): Row[] {
  const options = { columns: COLUMNS, delimiter: '\t', quotes: false }
  try {
    return decodeCsv(bytes, options)
  } catch (thrown) {
    if (isUtf8(bytes)) throw thrown
    return decodeCsv(bytes, { ...options, encoding: 'latin1' })
  }
}

const isUtf8 = (bytes: Buffer): boolean => Buffer.from(bytes.toString()).equals(bytes)

const dates = (summary: Row) =>
  present({
    startDate: instantOf(summary['settlement-start-date']),
    endDate: instantOf(summary['settlement-end-date']),
    depositDate: instantOf(summary['deposit-date']),
  })

function rowOf(row: Row): SettlementRow {
  const quantity = text(row, 'quantity-purchased')
  return {
    amount: plainAmount(text(row, 'amount') ?? '0'),
    ...present({
      transactionType: text(row, 'transaction-type'),
      orderId: text(row, 'order-id'),
      merchantOrderId: text(row, 'merchant-order-id'),
      adjustmentId: text(row, 'adjustment-id'),
      shipmentId: text(row, 'shipment-id'),
      marketplaceName: text(row, 'marketplace-name'),
      amountType: text(row, 'amount-type'),
      amountDescription: text(row, 'amount-description'),
      fulfillmentId: text(row, 'fulfillment-id'),
      postedAt: instantOf(row['posted-date-time']) ?? instantOf(row['posted-date']),
      orderItemCode: text(row, 'order-item-code'),
      sku: text(row, 'sku'),
      quantity: quantity === undefined ? undefined : Number(plainAmount(quantity)),
      promotionId: text(row, 'promotion-id'),
    }),
  }
}

const text = (row: Row, column: string): string | undefined => row[column]?.trim() || undefined

/** Without the members that are undefined: an empty cell is no fact. */
const present = <T extends object>(members: T): { [Name in keyof T]?: NonNullable<T[Name]> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: NonNullable<T[Name]>
  }
