import { cachedFor } from '#core/accounts/cached-for.ts'
import { createCompare } from '#core/inventory/compare.ts'
import { createStockKeeper } from '#core/inventory/keeper.ts'
import { rulesByTenant } from '#core/inventory/rule.ts'
import { surveyStock } from '#core/inventory/survey.ts'
import type { Base } from './base.ts'

/** The pages ask every second, and it reads the whole ledger. */
const SURVEY_MS = 15_000

/** The ledger of stock, where the configuration declares one. */
export function composeInventory(base: Pick<Base, 'config' | 'store' | 'queue' | 'clock' | 'telemetry'>) {
  const { config, store, clock } = base
  if (config.stock.length === 0) return undefined
  const rules = rulesByTenant(config.stock)
  const keeper = createStockKeeper({ ...base, rules })
  const surveys = cachedFor({
    ...{ clock, ttlMs: SURVEY_MS },
    load: () => surveyStock(store, rules, clock.now()),
  })
  return {
    keeper,
    compare: createCompare({ ...base, rules, keeper }),
    /** How every ledger stands, at most so old. */
    survey: () => surveys.get('all'),
  }
}
