import { createCompare } from '#core/inventory/compare.ts'
import { createStockKeeper } from '#core/inventory/keeper.ts'
import { rulesByTenant } from '#core/inventory/rule.ts'
import type { Base } from './base.ts'

/** The ledger of stock, where the configuration declares one. */
export function composeInventory(base: Pick<Base, 'config' | 'store' | 'queue' | 'clock' | 'telemetry'>) {
  const { config } = base
  if (config.stock.length === 0) return undefined
  const rules = rulesByTenant(config.stock)
  const keeper = createStockKeeper({ ...base, rules })
  return { keeper, compare: createCompare({ ...base, rules, keeper }) }
}
