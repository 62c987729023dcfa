import { chargeDeep } from './charge.ts'
import { ExpressionError } from './expression-error.ts'
import { located } from './function-value.ts'
import type { Run } from './run.ts'
import { isArray, isRecord, sequenceOf } from './sequence.ts'
import { textOf } from './text.ts'

/** Longest text that an expression may build. */
const MAX_TEXT = 4 * 1024 * 1024

/** True for a finite number; an infinite one is an error wherever it is used. */
export const isNumber = (value: unknown): value is number => isFiniteNumber(value, {})

function isFiniteNumber(value: unknown, site: { token?: string; position?: number }): value is number {
  if (typeof value !== 'number' || Number.isNaN(value)) return false
  if (!Number.isFinite(value)) throw new ExpressionError('D1001', { ...site, value })
  return true
}

/** Both sides as numbers, or false when one is absent. */
function numeric(left: unknown, right: unknown, token: string, position: number): boolean {
  if (
    typeof left === 'number' &&
    typeof right === 'number' &&
    Number.isFinite(left) &&
    Number.isFinite(right)
  )
    return true
  const site = { token, position }
  if (left !== undefined && !isFiniteNumber(left, site))
    throw new ExpressionError('T2001', { ...site, value: left })
  if (right !== undefined && !isFiniteNumber(right, site))
    throw new ExpressionError('T2002', { ...site, value: right })
  return left !== undefined && right !== undefined
}

export const add = (left: unknown, right: unknown, position: number): unknown =>
  numeric(left, right, '+', position) ? (left as number) + (right as number) : undefined

export const subtract = (left: unknown, right: unknown, position: number): unknown =>
  numeric(left, right, '-', position) ? (left as number) - (right as number) : undefined

export const multiply = (left: unknown, right: unknown, position: number): unknown =>
  numeric(left, right, '*', position) ? (left as number) * (right as number) : undefined

export const divide = (left: unknown, right: unknown, position: number): unknown =>
  numeric(left, right, '/', position) ? (left as number) / (right as number) : undefined

export const modulo = (left: unknown, right: unknown, position: number): unknown =>
  numeric(left, right, '%', position) ? (left as number) % (right as number) : undefined

export function negate(value: unknown, position: number): unknown {
  if (value === undefined) return undefined
  if (isNumber(value)) return -value
  throw new ExpressionError('D1002', { value, position, token: '-' })
}

const isComparable = (value: unknown): boolean =>
  value === undefined || typeof value === 'string' || typeof value === 'number'

/** Both sides present, comparable and of one type. */
function comparable(left: unknown, right: unknown, token: string, position: number): boolean {
  if (!isComparable(left) || !isComparable(right)) {
    throw new ExpressionError('T2010', {
      token,
      position,
      value: isComparable(left) && left !== undefined ? right : left,
    })
  }
  if (left === undefined || right === undefined) return false
  if (typeof left !== typeof right) throw new ExpressionError('T2009', { token, position, value: left })
  return true
}

export const less = (left: unknown, right: unknown, position: number): unknown =>
  comparable(left, right, '<', position) ? (left as number) < (right as number) : undefined

export const lessOrEqual = (left: unknown, right: unknown, position: number): unknown =>
  comparable(left, right, '<=', position) ? (left as number) <= (right as number) : undefined

export const greater = (left: unknown, right: unknown, position: number): unknown =>
  comparable(left, right, '>', position) ? (left as number) > (right as number) : undefined

export const greaterOrEqual = (left: unknown, right: unknown, position: number): unknown =>
  comparable(left, right, '>=', position) ? (left as number) >= (right as number) : undefined

/** An absent side equals nothing and differs from nothing. */
export const equal = (run: Run, left: unknown, right: unknown): boolean =>
  left !== undefined && right !== undefined && deepEqual(run, left, right)

export const unequal = (run: Run, left: unknown, right: unknown): boolean =>
  left !== undefined && right !== undefined && !deepEqual(run, left, right)

export function deepEqual(run: Run, left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  run.spend(1)
  if (isArray(left) && isArray(right)) {
    return left.length === right.length && left.every((item, index) => deepEqual(run, item, right[index]))
  }
  if (isArray(left) || isArray(right)) return false
  const keys = Object.keys(left)
  if (keys.length !== Object.keys(right).length) return false
  const [a, b] = [left as Record<string, unknown>, right as Record<string, unknown>]
  return keys.every(key => Object.hasOwn(b, key) && deepEqual(run, a[key], b[key]))
}

export function includes(left: unknown, right: unknown): boolean {
  if (left === undefined || right === undefined) return false
  return isArray(right) ? right.includes(left) && !Number.isNaN(left) : right === left
}

export function concat(run: Run, left: unknown, right: unknown, position: number): string {
  const text =
    (typeof left === 'string' ? left : textOrEmpty(run, left, position)) +
    (typeof right === 'string' ? right : textOrEmpty(run, right, position))
  if (text.length > MAX_TEXT) throw new ExpressionError('D2015', { token: '&', position })
  return text
}

function textOrEmpty(run: Run, value: unknown, position: number): string {
  if (value === undefined) return ''
  chargeDeep(run, value)
  try {
    return textOf(value) as string
  } catch (thrown) {
    throw located(thrown, { token: '&', position })
  }
}

/** The effective boolean value; nothing counts as false. */
export function truthy(run: Run, value: unknown): boolean {
  if (typeof value === 'boolean') return value
  if (typeof value === 'string') return value.length > 0
  if (isNumber(value)) return value !== 0
  if (isArray(value)) return anyTruthy(run, value)
  return isRecord(value) && Object.keys(value).length > 0
}

/** All items are looked at, because an infinite one is an error. */
function anyTruthy(run: Run, items: readonly unknown[]): boolean {
  run.spend(items.length)
  return items.filter(item => truthy(run, item)).length > 0
}

/** Ten million items is the reference's bound; the budget of the run is usually the nearer one. */
const MAX_RANGE = 1e7

export function range(run: Run, from: unknown, to: unknown, position: number): unknown {
  const details = { token: '..', position }
  if (from !== undefined && !Number.isInteger(from))
    throw new ExpressionError('T2003', { ...details, value: from })
  if (to !== undefined && !Number.isInteger(to)) throw new ExpressionError('T2004', { ...details, value: to })
  if (from === undefined || to === undefined || (from as number) > (to as number)) return undefined
  const size = (to as number) - (from as number) + 1
  if (size > MAX_RANGE) throw new ExpressionError('D2014', { ...details, value: size })
  run.spend(size)
  return sequenceOf(Array.from({ length: size }, (_, index) => (from as number) + index))
}
