import {
  type Api,
  type ApiAnswer,
  type ConnectorContext,
  HubError,
  type PushOperation,
  type PushResult,
  textAt,
  valueAt,
} from '../../sdk/index.ts'
import { type PushSetting, settingsOf } from './settings.ts'
import { shopApi } from './shop-api.ts'
import { fillPath, type Values } from './template.ts'

interface Push {
  api: Api
  setting: PushSetting
  operation: PushOperation
}

/**
 * Makes the shop hold the document: updates what is known, looks for what may be there already, else sends it. A `PUT`
 * is the same however often it arrives; a `POST` has a header or a search that the settings' schema asks for.
 */
export async function push(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const setting = settingsOf(context.connection).pushes?.[operation.resource]
  if (!setting)
    throw new HubError('DESTINATION_UNSUPPORTED', {
      detail: `\`pushes\` declares no \`${operation.resource}\`.`,
    })
  const to: Push = { api: shopApi(context), setting, operation }
  const known = operation.externalId ?? (await search(to))
  if (known === null) return send(to)
  return setting.update ? update(to, known) : send(to, known)
}

async function search({ api, setting, operation }: Push): Promise<string | null> {
  if (!setting.search) return null
  const { path, items = '', id = '/id' } = setting.search
  const { body } = await api.call({ path: fillPath(path, valuesOf(operation)) })
  const found = valueAt(body, items)
  return textAt(Array.isArray(found) ? found[0] : found, id) ?? null
}

/** A record that is known and has no `update` is sent as before, unless it is made `once`. */
async function send({ api, setting, operation }: Push, known?: string): Promise<PushResult> {
  const { method = 'PUT', path, idempotencyHeader, once } = setting
  if (known !== undefined && once) return { externalId: known }
  const call = {
    ...{ method, path: fillPath(path, valuesOf(operation, known)), body: operation.body },
    ...(idempotencyHeader
      ? { headers: { [idempotencyHeader.toLowerCase()]: operation.idempotencyKey } }
      : {}),
  }
  operation.sending()
  const answer = await api.call(call)
  return { externalId: known ?? idIn(answer, setting) ?? operation.key, status: answer.status }
}

async function update({ api, setting, operation }: Push, externalId: string): Promise<PushResult> {
  const { method = 'PUT', path } = setting.update ?? setting
  const call = { method, path: fillPath(path, valuesOf(operation, externalId)), body: operation.body }
  operation.sending()
  const { status } = await api.call(call)
  return { externalId, status }
}

const idIn = ({ body }: ApiAnswer<unknown>, { id }: PushSetting): string | undefined =>
  id === undefined ? undefined : textAt(body, id)

const valuesOf =
  ({ body, key, idempotencyKey, dependencies }: PushOperation, externalId?: string): Values =>
  name => {
    if (name.startsWith('/')) return textAt(body, name)
    const named = { key, idempotencyKey, externalId, dependency: Object.values(dependencies)[0] }
    return named[name as keyof typeof named]
  }
