import type { Handler } from '../route.ts'
import { visible } from '../scope.ts'
import { messageView } from '../views/message-view.ts'

export const getMessage: Handler = async (call, { store, mask }) =>
  messageView(visible(call, await store.messages.get(call.params['id']!)), call.principal, mask)
