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
