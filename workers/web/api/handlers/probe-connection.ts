import { asHubError, HubError } from '#core/errors/hub-error.ts'
import type { Handler } from '../route.ts'
import { connectionFor } from '../scope.ts'

/** A partner's no is the answer of the probe, not a failure of the API. */
export const probeConnection: Handler = async (call, deps) => {
  const connection = await connectionFor(call, deps)
  const connector = deps.connectors.get(connection.connector)
  if (!connector?.probe)
    throw new HubError('STATE_CONFLICT', { detail: `${connection.connector} cannot be probed.` })
  const gone = new AbortController()
  call.response.once('close', () => gone.abort(new HubError('SHUTDOWN')))
  try {
    return await connector.probe(deps.contextFor(connection, gone.signal))
  } catch (thrown) {
    const { code, detail, publicMessage } = asHubError(thrown)
    return { ok: false, code, detail: code === 'UNEXPECTED' ? publicMessage : detail || publicMessage }
  }
}
