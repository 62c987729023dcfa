import type { Handler } from '../route.ts'
import { connectionFor } from '../scope.ts'
import { type SecretInput, valuesOf } from '../secret-input.ts'
import { connectionView } from '../views/connection-view.ts'

interface Body {
  settings?: Record<string, unknown>
  secrets?: Record<string, SecretInput | null>
}

export const patchConnection: Handler = async (call, deps) => {
  const { settings, secrets } = call.body as Body
  const { id } = await connectionFor(call, deps)
  const given = Object.entries(secrets ?? {}).map(
    ([name, value]) => [name, value === null ? null : valuesOf(value)] as const,
  )
  await deps.connections.change(
    id,
    { settings, ...(secrets ? { secrets: Object.fromEntries(given) } : {}) },
    call.principal,
  )
  return connectionView(await connectionFor(call, deps), deps.connectors)
}
