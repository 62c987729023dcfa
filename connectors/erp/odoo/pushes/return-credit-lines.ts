import { formatScaled, HubError, toScaled } from '../../../sdk/index.ts'
import { shown, sizeOf } from '../orders/amounts.ts'
import type { ReturnBody, ReturnedMoney } from './return-body.ts'
import type { Matched } from './return-lines.ts'

/** A line of the credit note before its taxes are looked at. */
export interface CreditLine {
  /** Within the return. */
  id: string
  kind: 'article' | 'shipping' | 'adjustment'
  sold: Matched['sold']
  name: string
  quantity: number
  /** Of all units: with tax and without. */
  gross: bigint
  net: bigint
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((all, one) => all + one, 0n)

const scaled = (amount: string | undefined): bigint => toScaled(amount ?? '0')

/**
 * What was paid back, line by line. Whether tax is on top of the amounts is not said by a return; what was paid is: it is
 * the sum with it, or the sum without. What is left over has to be what the channel names as adjustments.
 */
export function creditLines(body: ReturnBody, lines: readonly Matched[]): CreditLine[] {
  const paid = scaled(body.refunded)
  const goods = lines.filter(({ amount, tax }) => scaled(amount) !== 0n || scaled(tax) !== 0n)
  const shipping = body.shipping ?? []
  const amounts = sum([...goods, ...shipping].map(({ amount }) => sizeOf(scaled(amount))))
  const taxes = sum([...goods, ...shipping].map(({ tax }) => sizeOf(scaled(tax))))
  const onTop = amounts + taxes <= paid
  const rest = paid - amounts - (onTop ? taxes : 0n)
  return [
    ...goods.map((line, index) => moneyLine(line, { onTop, id: `line ${index}`, kind: 'article' })),
    ...shipping.map((line, index) => moneyLine(line, { onTop, id: `shipping ${index}`, kind: 'shipping' })),
    ...adjustment(rest, { body, isAlone: goods.length + shipping.length === 0 }),
  ]
}

function moneyLine(
  line: ReturnedMoney | Matched,
  { onTop, id, kind }: { onTop: boolean; id: string; kind: 'article' | 'shipping' },
): CreditLine {
  const [amount, tax] = [sizeOf(scaled(line.amount)), sizeOf(scaled(line.tax))]
  const isLine = 'quantity' in line
  return {
    ...{ id, kind },
    sold: isLine ? line.sold : null,
    name: isLine ? (line.name ?? line.sku ?? 'Article') : 'Shipping',
    quantity: isLine ? line.quantity : 1,
    gross: onTop ? amount + tax : amount,
    net: onTop ? amount : amount - tax,
  }
}

/** Money for nothing in particular. A difference that nobody has named is not hidden in it. */
function adjustment(rest: bigint, { body, isAlone }: { body: ReturnBody; isAlone: boolean }): CreditLine[] {
  if (rest === 0n) return []
  const named = sum((body.adjustments ?? []).map(({ amount, tax }) => toScaled(amount) + scaled(tax)))
  if (!isAlone && sizeOf(named) !== sizeOf(rest)) throw unexplained(rest, body)
  return [
    {
      id: 'adjustment',
      kind: 'adjustment',
      sold: null,
      name: 'Adjustment',
      quantity: 1,
      gross: rest,
      net: rest,
    },
  ]
}

function unexplained(rest: bigint, { currency, refunded }: ReturnBody): HubError {
  return new HubError('TOTAL_DIFFERS', {
    detail: `The channel paid back ${refunded} ${currency}, its lines make another sum: the difference is ${shown(rest, currency)}.`,
    fingerprint: 'odoo refund',
  })
}

/**
 * Units and prices that make exactly the amount: Odoo keeps prices to the cent, so what does not divide is a unit of its
 * own at another price.
 */
export function priced(amount: bigint, units: number): { quantity: number; price: string }[] {
  const cent = toScaled('0.01')
  if (!Number.isInteger(units) || units < 1) return [{ quantity: 1, price: formatScaled(amount, 2) }]
  const each = (amount / BigInt(units) / cent) * cent
  const last = amount - each * BigInt(units - 1)
  if (last === each) return [{ quantity: units, price: formatScaled(each, 2) }]
  return [
    { quantity: units - 1, price: formatScaled(each, 2) },
    { quantity: 1, price: formatScaled(last, 2) },
  ]
}
