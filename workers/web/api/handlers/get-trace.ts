import { HubError } from '#core/errors/hub-error.ts'
import type { Handler } from '../route.ts'
import { traceDocuments } from '../trace.ts'

/** One order from the first byte to the last confirmation. */
export const getTrace: Handler = (call, deps) => {
  const { number, externalId, document } = call.query
  if (number === undefined && externalId === undefined && document === undefined)
    throw new HubError('INPUT_INVALID', { detail: 'Give `number`, `externalId` or `document`.' })
  return traceDocuments(call, deps)
}
