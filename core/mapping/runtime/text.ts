import { ExpressionError } from './expression-error.ts'
import { isArray } from './sequence.ts'

/** `$string`: functions are empty, fractions keep fifteen digits, the rest is JSON. */
export function textOf(value: unknown, indent = 0): unknown {
  if (value === undefined || typeof value === 'string') return value
  if (typeof value === 'function') return ''
  if (typeof value === 'number' && Number.isInteger(value)) return String(value)
  if (typeof value === 'number' && !Number.isFinite(value)) throw new ExpressionError('D3001', { value })
  return JSON.stringify(isArray(value) && value.outerWrapper ? value[0] : value, plainNumber, indent)
}

function plainNumber(_key: string, value: unknown): unknown {
  if (typeof value === 'function') return ''
  if (typeof value !== 'number') return value
  if (!Number.isFinite(value) && !Number.isNaN(value)) throw new ExpressionError('D1001', { value })
  return Number.isInteger(value) ? value : Number(value.toPrecision(15))
}
