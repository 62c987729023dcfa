import type { Handler } from '../route.ts'
import { connectionFor } from '../scope.ts'
import { connectionView } from '../views/connection-view.ts'

export const getConnection: Handler = async (call, deps) =>
  connectionView(await connectionFor(call, deps), deps.connectors)
