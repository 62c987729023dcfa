import type { DeadLetterFilter } from '#core/contracts/store.ts'
import { filterOf, mapPage, pageRequest } from '../paging.ts'
import type { Handler } from '../route.ts'
import { causeView } from '../views/dead-letter-view.ts'

export const listCauses: Handler = async (call, { store }) =>
  mapPage(await store.deadLetters.causes(filterOf<DeadLetterFilter>(call), pageRequest(call)), causeView)
