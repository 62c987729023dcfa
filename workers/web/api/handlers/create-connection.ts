import type { NewConnection } from '#core/accounts/manage-connections.ts'
import type { Handler } from '../route.ts'
import { connectionFor } from '../scope.ts'
import { type SecretInput, valuesOf } from '../secret-input.ts'
import { connectionView } from '../views/connection-view.ts'

interface Body extends Pick<NewConnection, 'id' | 'tenant' | 'connector'> {
  settings?: Record<string, unknown>
  secrets?: Record<string, SecretInput>
}

export const createConnection: Handler = async (call, deps) => {
  const { settings = {}, secrets = {}, ...rest } = call.body as Body
  const opened = Object.fromEntries(Object.entries(secrets).map(([name, given]) => [name, valuesOf(given)]))
  await deps.connections.create({ ...rest, settings, secrets: opened }, call.principal)
  return connectionView(await connectionFor({ ...call, params: { id: rest.id } }, deps), deps.connectors)
}
