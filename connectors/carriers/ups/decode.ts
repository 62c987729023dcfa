import { type ConnectorContext, type Decoded, parseJson, type RawMessage } from '../../sdk/index.ts'
import { trackingNumber } from './api.ts'
import { fetchHistory } from './fetch-history.ts'
import { upsSettings } from './settings.ts'

/** An alert tells one scan. With the history beside it, as `history`, the parcel is known from its first scan on. */
export async function decode(message: RawMessage, context: ConnectorContext): Promise<Decoded> {
  const alert = parseJson(message.body)
  const number = trackingNumber((Object(alert) as { trackingNumber?: unknown }).trackingNumber)
  if (number === null || !upsSettings(context.connection).fetchHistory) return { records: [alert] }
  const history = await fetchHistory(number, context)
  return { records: [history === null ? alert : { ...(alert as object), history }] }
}
