import {
  type ConnectorContext,
  type Decoded,
  decodeForm,
  HubError,
  parseJson,
  type RawMessage,
  valueAt,
} from '../../sdk/index.ts'
import { settingsOf } from './settings.ts'

/** A webhook's records stand where the settings say; a polled message is one record. */
export function decode(message: RawMessage & { via: string }, { connection }: ConnectorContext): Decoded {
  const form = message.headers['content-type']?.toLowerCase().startsWith('application/x-www-form-urlencoded')
  const body = form ? { ...decodeForm(message.body) } : parseJson(message.body)
  const pointer = settingsOf(connection).webhooks?.records ?? ''
  if (message.via !== 'webhook' || pointer === '') return { records: [body].flat() }
  const found = valueAt(body, pointer)
  if (typeof found !== 'object' || found === null)
    throw new HubError('BODY_UNREADABLE', {
      detail: `There is no record at ${pointer}: see the setting \`webhooks.records\`.`,
      fingerprint: pointer,
    })
  return { records: [found].flat() }
}
