import { exponentOf, formatScaled, toScaled } from '../../../sdk/index.ts'

const ONE = 10n ** 9n

/** A share of an amount, rounded half away from zero to the currency's digits: what some of the units cost. */
export function shareOf(amount: string, part: { of: number; units: number }, currency: string): bigint {
  if (part.of === 0 || part.units === 0) return 0n
  const [units, all] = [scaledCount(part.units), scaledCount(part.of)]
  return roundTo(divide(toScaled(amount) * units, all), currency)
}

/** Quantities may have decimals; six are enough for a weight. */
const scaledCount = (count: number): bigint => BigInt(Math.round(count * 1e6))

export function divide(value: bigint, by: bigint): bigint {
  const [size, divisor] = [value < 0n ? -value : value, by < 0n ? -by : by]
  const rounded = (size * 2n + divisor) / (divisor * 2n)
  return value < 0n === by < 0n ? rounded : -rounded
}

export function roundTo(scaled: bigint, currency: string): bigint {
  const unit = ONE / 10n ** BigInt(digitsOf(currency))
  return divide(scaled, unit) * unit
}

/** What `units` cost at a price, to the currency's digits. */
export const timesUnits = (price: string, units: number, currency: string): bigint =>
  roundTo(divide(toScaled(price) * scaledCount(units), 1_000_000n), currency)

export const digitsOf = (currency: string): number => exponentOf(currency) ?? 2

export const shown = (scaled: bigint, currency: string): string => formatScaled(scaled, digitsOf(currency))

export const sizeOf = (scaled: bigint): bigint => (scaled < 0n ? -scaled : scaled)

/** A price with its tax made one without, or the other way round; `rate` in per cent. */
export function withoutTax(price: string, rate: number): string {
  return formatScaled(divide(toScaled(price) * 100n * ONE, 100n * ONE + toScaled(rate)), 2)
}

export function withTax(price: string, rate: number): string {
  return formatScaled(divide(toScaled(price) * (100n * ONE + toScaled(rate)), 100n * ONE), 2)
}
