import type { StockChannel, StockRule } from '#config/schema.ts'

export type { StockChannel, StockRule }

/** Rules by tenant. */
export type StockRules = ReadonlyMap<string, StockRule>

export const rulesByTenant = (rules: readonly StockRule[]): StockRules =>
  new Map(rules.map(rule => [rule.tenant, rule]))

export const settleMs = ({ settleSeconds }: StockRule): number => settleSeconds * 1_000

export const reservationMs = ({ reservationHours }: StockRule): number => reservationHours * 3_600_000

/** Bundles that a SKU is a part of. */
export const bundlesWith = ({ bundles }: StockRule, sku: string): string[] =>
  Object.keys(bundles).filter(bundle => bundles[bundle]![sku] !== undefined)

/** What a rule lets a channel show of this many units. */
export function figureOf({ buffer, percent, cap, minimum }: StockChannel, units: number): number {
  const figure = Math.min(Math.floor((units * percent) / 100) - buffer, cap ?? Number.POSITIVE_INFINITY)
  return figure < Math.max(minimum, 0) ? 0 : figure
}
