import type { DeadLetterFilter } from '#core/contracts/store.ts'
import { filterOf, mapPage, pageRequest } from '../paging.ts'
import type { Handler } from '../route.ts'
import { deadLetterView } from '../views/dead-letter-view.ts'

export const listDeadLetters: Handler = async (call, { store }) =>
  mapPage(await store.deadLetters.list(filterOf<DeadLetterFilter>(call), pageRequest(call)), deadLetterView)
