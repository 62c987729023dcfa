import type { DriftFilter } from '#core/contracts/store.ts'
import { clearDrift as clear } from '#core/health/clear-drift.ts'
import { filterOf } from '../paging.ts'
import type { Handler } from '../route.ts'

export const clearDrift: Handler = async (call, deps) =>
  clear(deps, filterOf<DriftFilter & { pointer?: string }>(call), call.principal)
