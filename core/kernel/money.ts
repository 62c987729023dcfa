import { HubError } from '../errors/hub-error.ts'
import { CURRENCIES } from './currencies.ts'

/** A plain decimal, as partners send it. Exponents and thousands separators are not money. */
const DECIMAL = /^([+-]?)(\d{1,30})(?:\.(\d{0,18}))?$/

/** Digits after the point in ISO 4217, or null for a code that is not in it. */
export const exponentOf = (currency: string): number | null => CURRENCIES[currency] ?? null

/**
 * A decimal string in the form of its currency: `12` USD is `12.00`, `100.00` JPY is `100`. Digits that the currency
 * does not have are kept when they are not zero (unit prices of parts of a cent), never rounded away.
 */
export function normalizeMoney(amount: string | number, currency: string): string {
  return formatScaled(toScaled(amount), Math.max(exponent(currency), 0))
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
export const addMoney = (amounts: readonly (string | number)[], currency: string): string =>
  formatScaled(
    amounts.reduce<bigint>((sum, amount) => sum + toScaled(amount), 0n),
    exponent(currency),
  )

export const subtractMoney = (from: string | number, amount: string | number, currency: string): string =>
  formatScaled(toScaled(from) - toScaled(amount), exponent(currency))

/** Exact product with a whole quantity. */
export function multiplyMoney(amount: string | number, quantity: number, currency: string): string {
  if (!Number.isSafeInteger(quantity))
    throw new HubError('MAPPING_TYPE', {
      detail: `“${quantity}” is not a whole quantity.`,
      fingerprint: 'money',
    })
  return formatScaled(toScaled(amount) * BigInt(quantity), exponent(currency))
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

/** A JSON number as the shortest decimal that reads back the same; never in exponent form. */
function plainDecimal(amount: number): string {
  const text = String(amount)
  return /e/i.test(text) ? amount.toFixed(SCALE) : text
}
