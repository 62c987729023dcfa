import type { Row } from './database.ts'

/** Whether a row fits a domain in Odoo's prefix notation, as far as the connector asks. */
export function fits(row: Row, domain: readonly unknown[]): boolean {
  const terms = [...domain]
  let all = true
  while (terms.length > 0) all = take(row, terms) && all
  return all
}

function take(row: Row, terms: unknown[]): boolean {
  const term = terms.shift()
  if (term === '|' || term === '&') {
    const [left, right] = [take(row, terms), take(row, terms)]
    return term === '|' ? left || right : left && right
  }
  if (term === '!') return !take(row, terms)
  const [field, operator, value] = term as [string, string, unknown]
  return compare(row[field] ?? false, operator, value)
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
