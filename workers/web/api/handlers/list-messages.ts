import type { MessageFilter } from '#core/contracts/store.ts'
import { filterOf, mapPage, pageRequest } from '../paging.ts'
import type { Handler } from '../route.ts'
import { messageFacts } from '../views/message-view.ts'

export const listMessages: Handler = async (call, { store }) =>
  mapPage(await store.messages.list(filterOf<MessageFilter>(call), pageRequest(call)), messageFacts)
