import { type Account, Refused } from './account.ts'

type Json = Record<string, unknown>

export interface Line extends Json {
  line: number
  item: { id: string; refName?: string }
  quantity: number
  amount: number
}

export const linesOf = (body: Json, sublist = 'item'): Line[] =>
  ((body[sublist] as { items?: Line[] } | undefined)?.items ?? []).map(line => ({ ...line }))

/** Checks a body as a save does and fills in what NetSuite computes: lines and the total. */
export function saved(account: Account, type: string, body: Json): Json {
  if (type === 'customer') return body
  const lines = linesOf(body).map((line, index) => {
    const item = account.items.find(({ id }) => id === line.item?.id)
    if (!item)
      throw new Refused(400, 'INVALID_CONTENT', {
        detail: `Error while accessing a resource: You have entered an Invalid Field Value ${line.item?.id} for the following field: item.`,
        path: `item.items[${index}].item`,
      })
    const amount = Number(line.amount ?? Number(line['rate'] ?? 0) * line.quantity)
    return { ...line, line: index + 1, item: { id: item.id, refName: item.itemid }, amount }
  })
  if (type === 'salesOrder' && lines.length === 0)
    throw new Refused(400, 'USER_ERROR', { detail: 'Please enter value(s) for: item', path: 'item' })
  const cents = lines.reduce((sum, { amount }) => sum + Math.round(amount * 100), 0)
  return { ...body, item: { items: lines }, total: cents / 100 }
}

/** As `?replace=`: those named take the place of what is there, others are changed by their key or added. */
export function merged(before: Json, change: Json, replace: readonly string[]): Json {
  const after: Json = { ...before, ...change }
  for (const name of ['item', 'package'])
    if (name in change && !replace.includes(name)) after[name] = { items: keyed(before, change, name) }
  return after
}

function keyed(before: Json, change: Json, name: string): Json[] {
  const lines: Json[] = linesOf(before, name)
  for (const line of linesOf(change, name) as Json[]) {
    const known = line['line'] === undefined ? undefined : lines.find(one => one['line'] === line['line'])
    if (known) Object.assign(known, line)
    else lines.push(line)
  }
  return lines
}
