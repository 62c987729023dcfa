import type { Handler } from '../route.ts'
import { connectionFor } from '../scope.ts'

export const subscribeConnection: Handler = async (call, deps) => {
  const connection = await connectionFor(call, deps)
  const state = await deps.subscribeNow(connection)
  await deps.record(call.principal, { action: 'connection.subscribe', subject: connection.id })
  return state
}
