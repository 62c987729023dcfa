import type { Handler } from '../route.ts'
import { connectionFor } from '../scope.ts'
import { connectionView } from '../views/connection-view.ts'

export const resumeConnection: Handler = async (call, deps) => {
  const { id } = await connectionFor(call, deps)
  await deps.connections.resume(id, call.principal)
  return connectionView(await connectionFor(call, deps), deps.connectors)
}
