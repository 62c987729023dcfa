import { toScaled } from '../kernel/money.ts'

/** How a balance is computed: fast in safe integers, or exact in BigInt. Both scale every amount by a power of ten. */
export interface Arithmetic<T> {
  /** An absent amount is nothing. */
  read(amount: string | undefined): T
  add(a: T, b: T): T
  subtract(a: T, b: T): T
  /** A quantity with decimals (goods by weight) is rounded half up to `digits` decimals of the currency. */
  multiply(price: T, quantity: number, digits: number): T
}

/** Decimals of the fast scale: as many as the finest ISO 4217 currency has. */
export const FAST_DIGITS = 4

const MINUS = 45
const POINT = 46
const ZERO = 48
const POWERS = [1, 10, 100, 1_000, 10_000]

/** Plain numbers; everything that does not fit a safe integer becomes NaN and stays NaN. */
export const fast: Arithmetic<number> = {
  read: amount => (amount === undefined ? 0 : readFast(amount)),
  add: (a, b) => safe(a + b),
  subtract: (a, b) => safe(a - b),
  multiply: (price, quantity, digits) =>
    Number.isInteger(quantity) ? safe(price * quantity) : roundedProduct(price, quantity, digits),
}

const safe = (value: number): number => (Number.isSafeInteger(value) ? value : Number.NaN)

function readFast(amount: string): number {
  const negative = amount.charCodeAt(0) === MINUS
  let value = 0
  let decimals = -1
  for (let i = negative ? 1 : 0; i < amount.length; i++) {
    const code = amount.charCodeAt(i)
    if (code === POINT) {
      decimals = 0
      continue
    }
    if (decimals === FAST_DIGITS) {
      if (code !== ZERO) return Number.NaN
      continue
    }
    if (decimals >= 0) decimals++
    value = value * 10 + (code - ZERO)
  }
  const scaled = safe(value * POWERS[FAST_DIGITS - Math.max(decimals, 0)]!)
  return negative ? -scaled : scaled
}

/** 0.35 × 12.90 has no exact double: only the exact arithmetic rounds it for certain. */
const roundedProduct = (price: number, quantity: number, digits: number): number => {
  const product = exact.multiply(BigInt(price || 0) * 10n ** 5n, quantity, digits)
  return Number.isNaN(price) ? Number.NaN : safe(Number(product / 10n ** 5n))
}

/** Decimals of the exact scale, the kernel’s own. */
export const EXACT_DIGITS = 9

export const exact: Arithmetic<bigint> = {
  read: amount => (amount === undefined ? 0n : toScaled(amount)),
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply(price, quantity, digits) {
    if (Number.isInteger(quantity)) return price * BigInt(quantity)
    const unit = 10n ** BigInt(EXACT_DIGITS - digits)
    const product = (price * toScaled(quantity)) / 10n ** BigInt(EXACT_DIGITS)
    const half = product < 0n ? -unit / 2n : unit / 2n
    return ((product + half) / unit) * unit
  },
}
