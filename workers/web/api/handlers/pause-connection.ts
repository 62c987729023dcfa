import type { Handler } from '../route.ts'
import { connectionFor } from '../scope.ts'
import { connectionView } from '../views/connection-view.ts'

export const pauseConnection: Handler = async (call, deps) => {
  const { id } = await connectionFor(call, deps)
  const { reason = 'Paused by an operator.' } = call.body as { reason?: string }
  await deps.connections.pause(id, reason, call.principal)
  return connectionView(await connectionFor(call, deps), deps.connectors)
}
