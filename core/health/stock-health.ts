import type { StockSurvey } from '../inventory/survey.ts'
import type { StockHealth } from './snapshot-types.ts'

export interface StockSources {
  /** The ledger by tenant; absent where none is declared. It is read whole, so it may be a minute old. */
  stock?(): Promise<readonly StockSurvey[]>
}

/** The ledger of stock in figures: of all tenants, or of one. */
export async function stockHealth({ stock }: StockSources, tenant?: string): Promise<StockHealth | null> {
  const surveys = ((await stock?.()) ?? []).filter(one => tenant === undefined || one.tenant === tenant)
  if (surveys.length === 0) return null
  const total = (name: 'items' | 'stale' | 'oversold' | 'drifted') =>
    surveys.reduce((sum, survey) => sum + survey[name], 0)
  return {
    items: total('items'),
    stale: total('stale'),
    oversold: total('oversold'),
    drifted: total('drifted'),
    channels: surveys.flatMap(({ channels }) => channels),
  }
}
