import type { Handler } from '../route.ts'
import { connectionFor } from '../scope.ts'

export const removeConnection: Handler = async (call, deps) => {
  const { id } = await connectionFor(call, deps)
  await deps.connections.remove(id, call.principal)
}
