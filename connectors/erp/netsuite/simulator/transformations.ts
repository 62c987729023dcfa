import { type Account, Refused, type SimulatedRecord } from './account.ts'
import { type Line, linesOf, saved } from './sublists.ts'

type Json = Record<string, unknown>

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  salesOrder: ['itemFulfillment', 'returnAuthorization'],
  returnAuthorization: ['creditMemo', 'cashRefund'],
}

export interface Transformation {
  from: SimulatedRecord
  to: string
  change: Json
  replace: boolean
}

/** Begins with all lines of the record it is made of; what is sent names lines by `orderLine`. */
export function transformed(
  account: Account,
  { from, to, change, replace }: Transformation,
): SimulatedRecord {
  if (!ALLOWED[from.type]?.includes(to))
    throw new Refused(400, 'INVALID_ACTION', { detail: `It cannot be transformed into ${to}.` })
  if (to !== 'itemFulfillment' && from.type === 'returnAuthorization') requireApproval(from)
  const wanted = linesOf(change) as (Line & { orderLine?: number; itemReceive?: boolean })[]
  const lines = linesOf(from.body).flatMap(line => {
    const own = wanted.find(({ orderLine }) => orderLine === line.line)
    if (own?.itemReceive === false || (replace && !own)) return []
    return [{ ...line, ...own, item: line.item }]
  })
  if (to === 'itemFulfillment') fulfil(from, lines)
  if (lines.length === 0)
    throw new Refused(400, 'USER_ERROR', { detail: 'You must enter at least one line item.' })
  const body = {
    ...change,
    createdFrom: { id: from.id },
    entity: from.body['entity'],
    item: { items: lines },
  }
  return account.create(to, saved(account, to, body))
}

function requireApproval({ body }: SimulatedRecord): void {
  if ((body['orderStatus'] as { id?: string } | undefined)?.id !== 'B')
    throw new Refused(400, 'USER_ERROR', { detail: 'The return is not approved.' })
}

/** The order counts what has left of each line; more than was ordered is refused, as accounts are set up at first. */
function fulfil(order: SimulatedRecord, lines: readonly Line[]): void {
  const ordered = linesOf(order.body)
  for (const { line, quantity } of lines) {
    const own = ordered.find(one => one.line === line)!
    const fulfilled = Number(own['quantityFulfilled'] ?? 0) + quantity
    if (fulfilled > own.quantity)
      throw new Refused(400, 'USER_ERROR', {
        detail: 'You may not fulfill more than the remaining quantity of the line.',
        path: 'item',
      })
    own['quantityFulfilled'] = fulfilled
  }
  order.body['item'] = { items: ordered }
}
