import type { DriftFilter } from '#core/contracts/store.ts'
import { filterOf, mapPage, pageRequest } from '../paging.ts'
import type { Handler } from '../route.ts'
import { driftView } from '../views/drift-view.ts'

export const listDrift: Handler = async (call, { store }) =>
  mapPage(await store.drift.list(filterOf<DriftFilter>(call), pageRequest(call)), driftView)
