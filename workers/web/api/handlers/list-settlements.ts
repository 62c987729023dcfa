import type { DocumentFilter } from '#core/contracts/store.ts'
import { createSettlements } from '#core/settlements/settlements.ts'
import { filterOf, pageRequest } from '../paging.ts'
import type { Handler } from '../route.ts'

export const listSettlements: Handler = (call, { store }) =>
  createSettlements(store).list(filterOf<DocumentFilter>(call), pageRequest(call))
