import type { Row } from './database.ts'

/** What a row has at a field, or behind a path of them. */
export type ValueAt = (row: Row, field: string) => unknown

const ownValue: ValueAt = (row, field) => row[field]

/** Whether a row fits a domain in Odoo's prefix notation, as far as the connector asks. */
export function fits(row: Row, domain: readonly unknown[], valueAt: ValueAt = ownValue): boolean {
  const terms = [...domain]
  let all = true
  while (terms.length > 0) all = take(row, terms, valueAt) && all
  return all
}

function take(row: Row, terms: unknown[], valueAt: ValueAt): boolean {
  const term = terms.shift()
  if (term === '|' || term === '&') {
    const [left, right] = [take(row, terms, valueAt), take(row, terms, valueAt)]
    return term === '|' ? left || right : left && right
  }
  if (term === '!') return !take(row, terms, valueAt)
  const [field, operator, value] = term as [string, string, unknown]
  const held = valueAt(row, field) ?? false
  // Of a relation to many, one that fits is enough.
  if (field.includes('.') && Array.isArray(held)) return held.some(one => compare(one, operator, value))
  return compare(held, operator, value)
}

function compare(held: unknown, operator: string, value: unknown): boolean {
  const listed = (): boolean => {
    const held_ = Array.isArray(held) ? held : [held]
    return held_.some(one => (value as unknown[]).includes(one))
  }
  if (operator === 'in') return listed()
  if (operator === 'not in') return !listed()
  if (operator === '=') return held === value
  if (operator === '!=') return held !== value
  if (operator === '>=') return String(held) >= String(value)
  if (operator === '>') return Number(held) > Number(value)
  if (operator === '<=') return String(held) <= String(value)
  throw new TypeError(`Domain operator ${operator}`)
}
