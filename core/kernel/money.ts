import { HubError } from '../errors/hub-error.ts'
import { CURRENCIES } from './currencies.ts'

/** A plain decimal, as partners send it. Exponents and thousands separators are not money. */
const DECIMAL = /^([+-]?)(\d{1,30})(?:\.(\d{0,18}))?$/

/** A map, because a currency code comes from outside and may be called `constructor`. */
const EXPONENTS: ReadonlyMap<string, number> = new Map(Object.entries(CURRENCIES))

/** Digits after the point in ISO 4217, or null for a code that is not in it. */
export const exponentOf = (currency: string): number | null => EXPONENTS.get(currency) ?? null

/**
 * A decimal string in the form of its currency: `12` USD is `12.00`, `100.00` JPY is `100`. Digits that the currency
 * does not have are kept when they are not zero (unit prices of parts of a cent), never rounded away.
 */
export function normalizeMoney(amount: string | number, currency: string): string {
  const digits = exponent(currency)
  if (typeof amount === 'string' && !Number.isNaN(minorUnits(amount, digits))) return amount
  return formatScaled(toScaled(amount), digits)
}

const [ZERO, NINE, POINT, MINUS] = [0x30, 0x39, 0x2e, 0x2d]

/** Longest text whose digits surely fit a double exactly. */
const MAX_QUICK = 16

/**
 * Whole minor units of an amount that is in the form of its currency already, as nearly every amount of a partner is;
 * NaN for any other: that one takes the exact way over big integers.
 */
function minorUnits(text: string, digits: number): number {
  const start = text.charCodeAt(0) === MINUS ? 1 : 0
  const point = digits === 0 ? text.length : text.length - digits - 1
  if (text.length > MAX_QUICK || point <= start || (text.charCodeAt(start) === ZERO && point > start + 1)) return Number.NaN
  let units = 0
  for (let index = start; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (index === point) {
      if (code !== POINT) return Number.NaN
    } else if (code < ZERO || code > NINE) return Number.NaN
    else units = units * 10 + code - ZERO
  }
  return start === 0 ? units : units === 0 ? Number.NaN : -units
}

const unitsOf = (amount: string | number, digits: number): number => (typeof amount === 'string' ? minorUnits(amount, digits) : Number.NaN)

function formatUnits(units: number, digits: number): string {
  if (digits === 0) return String(units)
  const one = 10 ** digits
  const size = Math.abs(units)
  const minor = size % one
  // Leading zeros of the decimals come from a one in front that is cut off again.
  return `${units < 0 ? '-' : ''}${(size - minor) / one}.${String(one + minor).slice(1)}`
}

/** Fixed scale for sums: nine digits hold every currency and every unit price that partners send. */
const SCALE = 9
const ONE = 10n ** BigInt(SCALE)

/** A decimal amount as an integer of 10^-9 units: sums of it are exact. */
export function toScaled(amount: string | number): bigint {
  const text = typeof amount === 'number' ? plainDecimal(amount) : amount.trim()
  const match = DECIMAL.exec(text)
  if (!match)
    throw new HubError('MAPPING_TYPE', {
      detail: `“${text.slice(0, 40)}” is not a decimal amount.`,
      fingerprint: 'money',
    })
  const [, sign, whole, fraction = ''] = match
  const kept = fraction.replace(/0+$/, '')
  if (kept.length > SCALE)
    throw new HubError('MAPPING_TYPE', {
      detail: `“${text}” has more than ${SCALE} decimals.`,
      fingerprint: 'money',
    })
  const scaled = BigInt(whole!) * ONE + BigInt(kept.padEnd(SCALE, '0'))
  return sign === '-' ? -scaled : scaled
}

/** Back to a decimal string with at least `digits` decimals, more only where they are not zero. */
export function formatScaled(scaled: bigint, digits: number): string {
  const negative = scaled < 0n
  const text = (negative ? -scaled : scaled).toString().padStart(SCALE + 1, '0')
  const fraction = text.slice(-SCALE).replace(/0+$/, '').padEnd(digits, '0')
  return `${negative ? '-' : ''}${text.slice(0, -SCALE)}${fraction ? `.${fraction}` : ''}`
}

/** Exact sum in the form of the currency. */
export function addMoney(amounts: readonly (string | number)[], currency: string): string {
  const digits = exponent(currency)
  let units = 0
  for (const amount of amounts) units += unitsOf(amount, digits)
  if (Number.isSafeInteger(units)) return formatUnits(units, digits)
  return formatScaled(amounts.reduce<bigint>((sum, amount) => sum + toScaled(amount), 0n), digits)
}

export function subtractMoney(from: string | number, amount: string | number, currency: string): string {
  const digits = exponent(currency)
  const units = unitsOf(from, digits) - unitsOf(amount, digits)
  return Number.isSafeInteger(units) ? formatUnits(units, digits) : formatScaled(toScaled(from) - toScaled(amount), digits)
}

/** Exact product with a whole quantity. */
export function multiplyMoney(amount: string | number, quantity: number, currency: string): string {
  if (!Number.isSafeInteger(quantity)) throw new HubError('MAPPING_TYPE', { detail: `“${quantity}” is not a whole quantity.`, fingerprint: 'money' })
  const digits = exponent(currency)
  const units = unitsOf(amount, digits) * quantity
  return Number.isSafeInteger(units) ? formatUnits(units, digits) : formatScaled(toScaled(amount) * BigInt(quantity), digits)
}

function exponent(currency: string): number {
  const digits = exponentOf(currency)
  if (digits === null)
    throw new HubError('CURRENCY_UNKNOWN', {
      detail: `“${currency}” is not an ISO 4217 code.`,
      fingerprint: 'currency',
    })
  return digits
}

/** A JSON number as the shortest decimal that reads back the same; exponent form only where no exact one is short enough. */
function plainDecimal(amount: number): string {
  const text = String(amount)
  if (!text.includes('e')) return text
  const fixed = amount.toFixed(SCALE)
  return Number(fixed) === amount ? fixed : text
}
