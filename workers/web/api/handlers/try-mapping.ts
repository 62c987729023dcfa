import { allows } from '#core/accounts/roles.ts'
import { HubError } from '#core/errors/hub-error.ts'
import type { TryRequest } from '#core/sync/try-mapping.ts'
import type { ApiDeps } from '../deps.ts'
import type { Call, Handler } from '../route.ts'
import { connectionFor, visible } from '../scope.ts'
import { triedView } from '../views/tried-view.ts'
import { whileHeard } from '../while-heard.ts'

interface Body {
  text?: string
  connection?: string
  message?: string
  payload?: unknown
  topic?: string
}

export const tryMapping: Handler = async (call, deps) => {
  const { text } = call.body as Body
  // An expression of the caller's own can carry any field of a payload where nothing is masked.
  if (text !== undefined && !allows(call.principal.role, 'read-payload'))
    throw new HubError('NOT_ALLOWED', { detail: 'Trying another text needs “read-payload”.' })
  const { connection, message } = await subjectOf(call, deps)
  const mapping = call.params['id']!
  return whileHeard(call, async signal =>
    triedView(
      await deps.tryMapping({ mapping, text, connection, message, signal }),
      call.principal,
      deps.mask,
    ),
  )
}

async function subjectOf(call: Call, deps: ApiDeps): Promise<Pick<TryRequest, 'connection' | 'message'>> {
  const { connection: name, message: id, payload, topic } = call.body as Body
  const named = (name: string) => connectionFor({ ...call, params: { id: name } }, deps)
  if (id === undefined) {
    const connection = name === undefined ? undefined : await named(name)
    return { connection, message: payload === undefined ? undefined : { topic, body: bytesOf(payload) } }
  }
  const message = visible({ ...call, params: { id } }, await deps.store.messages.get(id))
  if (name !== undefined && name !== message.connection)
    throw new HubError('INPUT_INVALID', { detail: `The message is of connection “${message.connection}”.` })
  return { connection: await named(message.connection), message }
}

/** A text is the payload as the partner sent it, digits and all. */
const bytesOf = (payload: unknown): Buffer =>
  Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload))
