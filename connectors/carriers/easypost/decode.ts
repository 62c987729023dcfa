import { type Decoded, parseJson, type RawMessage } from '../../sdk/index.ts'

/** An event carries what it is about in `result`; polled trackers come as they are. */
export function decode(message: RawMessage): Decoded {
  const body = parseJson(message.body)
  const { result } = Object(body) as { result?: unknown }
  return { records: [typeof result === 'object' && result !== null ? result : body] }
}
