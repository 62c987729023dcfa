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
  if (unitsOf(amount, digits) !== OTHER) return amount as string
  return formatScaled(toScaled(amount), digits)
}

const ZERO = 0x30
const NINE = 0x39
const POINT = 0x2e
const MINUS = 0x2d

/** No amount in the form of its currency. Below every sum of two quick ones, and a small integer as they are. */
const OTHER = -(2 ** 30)

/** Digits that fit a small integer, sign and point aside: V8 computes with those several times as fast. */
const MAX_QUICK = 9

/**
 * Minor units of an amount that is in the form of its currency already, as nearly every amount of a partner is;
 * `OTHER` for any other: that one takes the exact way over big integers.
 */
function unitsOf(amount: string | number, digits: number): number {
  if (typeof amount !== 'string') return OTHER
  const start = amount.charCodeAt(0) === MINUS ? 1 : 0
  const point = digits === 0 ? amount.length : amount.length - digits - 1
  if (point <= start || point + digits - start > MAX_QUICK) return OTHER
  if (amount.charCodeAt(start) === ZERO && point > start + 1) return OTHER
  let units = 0
  for (let index = start; index < amount.length; index++) {
    const code = amount.charCodeAt(index)
    if (index === point) {
      if (code !== POINT) return OTHER
    } else if (code < ZERO || code > NINE) return OTHER
    else units = units * 10 + (code - ZERO)
  }
  return start === 0 ? units : units === 0 ? OTHER : -units
}

/** `.00` to `.99`: nearly every currency has two decimals. */
const CENTS = Array.from({ length: 100 }, (_, minor) => `.${String(minor).padStart(2, '0')}`)

function formatUnits(units: number, digits: number): string {
  if (digits === 0) return String(units)
  const one = 10 ** digits
  const size = Math.abs(units)
  const minor = size % one
  // Leading zeros of the decimals come from a one in front that is cut off again.
  const text = (size - minor) / one + (digits === 2 ? CENTS[minor]! : `.${String(one + minor).slice(1)}`)
  return units < 0 ? `-${text}` : text
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
  let total = 0
  for (const amount of amounts) {
    const units = unitsOf(amount, digits)
    if (units === OTHER)
      return formatScaled(
        amounts.reduce<bigint>((sum, one) => sum + toScaled(one), 0n),
        digits,
      )
    total += units
  }
  return formatUnits(total, digits)
}

export function subtractMoney(from: string | number, amount: string | number, currency: string): string {
  const digits = exponent(currency)
  const [left, right] = [unitsOf(from, digits), unitsOf(amount, digits)]
  return left === OTHER || right === OTHER
    ? formatScaled(toScaled(from) - toScaled(amount), digits)
    : formatUnits(left - right, digits)
}

/** Exact product with a whole quantity. */
export function multiplyMoney(amount: string | number, quantity: number, currency: string): string {
  if (!Number.isSafeInteger(quantity))
    throw new HubError('MAPPING_TYPE', {
      detail: `“${quantity}” is not a whole quantity.`,
      fingerprint: 'money',
    })
  const digits = exponent(currency)
  const units = unitsOf(amount, digits)
  const product = units * quantity
  if (units !== OTHER && Number.isSafeInteger(product)) return formatUnits(product, digits)
  return formatScaled(toScaled(amount) * BigInt(quantity), digits)
}

/**
 * What one of `quantity` equal parts is: exact where it can be, else to the ninth decimal, so that the parts together are
 * off by far less than a minor unit. For partners that only state what a line costs as a whole.
 */
export function divideMoney(amount: string | number, quantity: number, currency: string): string {
  if (!Number.isSafeInteger(quantity) || quantity === 0)
    throw new HubError('MAPPING_TYPE', {
      detail: `“${quantity}” is not a whole quantity to divide by.`,
      fingerprint: 'money',
    })
  const digits = exponent(currency)
  const [scaled, parts] = [toScaled(amount), BigInt(quantity)]
  const [size, by] = [scaled < 0n ? -scaled : scaled, parts < 0n ? -parts : parts]
  const rounded = (size * 2n + by) / (by * 2n)
  return formatScaled(scaled < 0n === parts < 0n ? rounded : -rounded, digits)
}

/** The currency asked for last: a document asks for the same one again and again. */
let latest = { currency: '', digits: 0 }

function exponent(currency: string): number {
  if (currency === latest.currency && currency !== '') return latest.digits
  const digits = exponentOf(currency)
  if (digits === null)
    throw new HubError('CURRENCY_UNKNOWN', {
      detail: `“${currency}” is not an ISO 4217 code.`,
      fingerprint: 'currency',
    })
  latest = { currency, digits }
  return digits
}

/** A JSON number as the shortest decimal that reads back the same; exponent form only where no exact one is short enough. */
function plainDecimal(amount: number): string {
  const text = String(amount)
  if (!text.includes('e')) return text
  const fixed = amount.toFixed(SCALE)
  return Number(fixed) === amount ? fixed : text
}
