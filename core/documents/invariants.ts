import type { RunProblem } from '../contracts/mapper.ts'
import type { ErrorCode } from '../errors/register.ts'
import { exponentOf, formatScaled } from '../kernel/money.ts'
import { exact } from './arithmetic.ts'
import { orderImbalance } from './order-balance.ts'
import type { Inventory, Order, Return, Settlement, Shipment } from './types.gen.ts'

/**
 * What a schema cannot say: amounts balance to the cent, quantities are not negative, currencies exist. For bodies
 * that fit their schema. Codes: INVARIANT_MONEY, INVARIANT_QUANTITY, CURRENCY_UNKNOWN; empty when all holds.
 */
export function checkInvariants(resource: string, body: Readonly<Record<string, unknown>>): RunProblem[] {
  const problems: RunProblem[] = []
  CHECKS[resource]?.(body, problems)
  return problems
}

type Check = (body: Readonly<Record<string, unknown>>, problems: RunProblem[]) => void

const CHECKS: Readonly<Record<string, Check>> = {
  order: (body, problems) => checkOrder(body as unknown as Order, problems),
  shipment: (body, problems) => checkShipment(body as unknown as Shipment, problems),
  return: (body, problems) => checkReturn(body as unknown as Return, problems),
  inventory: (body, problems) => checkInventory(body as unknown as Inventory, problems),
  settlement: (body, problems) => checkSettlement(body as unknown as Settlement, problems),
}

function checkOrder(order: Order, problems: RunProblem[]): void {
  checkLines('/lines', order.lines, problems)
  for (const [index, line] of order.lines.entries())
    if (line.components) checkLines(`/lines/${index}/components`, line.components, problems)
  checkCurrencies('/payments', order.payments, problems)
  checkCurrencies('/refunds', order.refunds, problems)
  checkCurrency('/presentment/currency', order.presentment?.currency, problems)
  if (!checkCurrency('/currency', order.currency, problems)) return
  const imbalance = orderImbalance(order)
  if (imbalance) problems.push(problem('INVARIANT_MONEY', '/totals/total', imbalance))
  checkRefunded(order, problems)
}

function checkRefunded({ totals, currency }: Order, problems: RunProblem[]): void {
  if (totals.refunded === undefined || totals.paid === undefined) return
  const excess = exact.read(totals.refunded) - exact.read(totals.paid)
  if (excess <= 0n) return
  const message = `/totals/refunded is ${totals.refunded} ${currency}, but only ${totals.paid} was paid: the difference is ${show(excess, currency)}.`
  problems.push(problem('INVARIANT_MONEY', '/totals/refunded', message))
}

function checkShipment(shipment: Shipment, problems: RunProblem[]): void {
  checkLines('/lines', shipment.lines, problems)
  for (const [index, parcel] of shipment.packages.entries()) {
    if (parcel.lines) checkLines(`/packages/${index}/lines`, parcel.lines, problems)
    checkCurrency(`/packages/${index}/currency`, parcel.currency, problems)
  }
}

function checkReturn(returned: Return, problems: RunProblem[]): void {
  checkLines('/lines', returned.lines, problems)
  checkCurrency('/currency', returned.currency, problems)
  checkCurrency('/presentmentCurrency', returned.presentmentCurrency, problems)
  checkCurrencies('/refunds', returned.refunds, problems)
}

/** `onHand` and `available` may be below zero: shops sell before they count. */
const COUNTED = [
  'reserved',
  'incoming',
  'inTransit',
  'qualityHold',
  'damaged',
  'returned',
  'safetyStock',
] as const

function checkInventory(inventory: Inventory, problems: RunProblem[]): void {
  for (const state of COUNTED) checkQuantity(`/${state}`, inventory[state], problems)
}

function checkSettlement(settlement: Settlement, problems: RunProblem[]): void {
  if (!checkCurrency('/currency', settlement.currency, problems)) return
  const opening = exact.read(settlement.openingBalance)
  const lines = settlement.lines.reduce((sum, line) => sum + exact.read(line.net), 0n)
  const sum = opening + lines - exact.read(settlement.closingBalance)
  const difference = sum - exact.read(settlement.payout)
  if (difference === 0n) return
  const figure = (amount: bigint): string => show(amount, settlement.currency)
  const message = `The lines make ${figure(lines)} ${settlement.currency} and, with the balances carried, ${figure(sum)}, but /payout is ${settlement.payout}: the difference is ${figure(difference)}.`
  problems.push(problem('INVARIANT_MONEY', '/payout', message))
}

const QUANTITIES = [
  'quantity',
  'currentQuantity',
  'fulfillableQuantity',
  'fulfilledQuantity',
  'cancelledQuantity',
  'refundedQuantity',
] as const

type Counted = Partial<Record<(typeof QUANTITIES)[number], number>>

function checkLines(pointer: string, lines: readonly Counted[], problems: RunProblem[]): void {
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!
    for (const field of QUANTITIES) {
      // The pointer is only built for the rare bad one.
      if (isBad(line[field])) checkQuantity(`${pointer}/${index}/${field}`, line[field], problems)
    }
  }
}

const isBad = (quantity: number | undefined): boolean =>
  quantity !== undefined && !(quantity >= 0 && quantity < Number.POSITIVE_INFINITY)

function checkQuantity(pointer: string, quantity: number | undefined, problems: RunProblem[]): void {
  if (!isBad(quantity)) return
  problems.push(
    problem('INVARIANT_QUANTITY', pointer, `${pointer} is ${quantity}, which is no quantity of goods.`),
  )
}

function checkCurrencies(
  pointer: string,
  items: readonly { currency?: string }[] | undefined,
  problems: RunProblem[],
): void {
  if (!items) return
  for (const [index, item] of items.entries())
    checkCurrency(`${pointer}/${index}/currency`, item.currency, problems)
}

function checkCurrency(pointer: string, currency: string | undefined, problems: RunProblem[]): boolean {
  if (currency === undefined || exponentOf(currency) !== null) return true
  problems.push(
    problem('CURRENCY_UNKNOWN', pointer, `${pointer} is “${currency}”, which is not in ISO 4217.`),
  )
  return false
}

const show = (amount: bigint, currency: string): string => formatScaled(amount, exponentOf(currency) ?? 2)

const problem = (code: ErrorCode, target: string, message: string): RunProblem => ({
  code,
  target,
  message,
  line: 0,
  column: 0,
})
