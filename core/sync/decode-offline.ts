import type { Connector, ConnectorContext, Decoded } from '../contracts/connector.ts'
import { HubError } from '../errors/hub-error.ts'
import { type Payload, recordsOf } from './interpret.ts'

/** A payload that only names its entity: what it says now is for the partner to answer. */
export interface Thin {
  thin: true
}

/** The records of a message without asking the partner for anything. */
export async function decodeOffline(
  connector: Connector,
  message: Payload,
  context: () => ConnectorContext,
): Promise<Decoded | Thin> {
  let asked = false
  const http: ConnectorContext['http'] = {
    async request() {
      asked = true
      throw new HubError('INPUT_INVALID', { detail: 'The payload is thin.' })
    },
  }
  try {
    const decoded = await recordsOf(connector, message, () => ({ ...context(), http }))
    return asked ? { thin: true } : decoded
  } catch (thrown) {
    // Whatever the connector made of the refusal: it wanted to ask.
    if (asked) return { thin: true }
    throw thrown
  }
}
