import { type Receive, receiveBy, SIGNATURE_SCHEMES } from '../../sdk/index.ts'

const asReceived = receiveBy({
  signature: SIGNATURE_SCHEMES.easypost,
  topic: { pointer: '/description' },
  dedupeKey: [{ pointer: '/id' }],
  eventAt: { pointer: '/created_at' },
})

/**
 * https://docs.easypost.com/docs/webhooks. EasyPost signs weights with their fraction (`614.0`); a gateway between us that
 * reads and writes the JSON again drops it. So bytes whose signature does not hold are looked at once more as they were
 * signed, the way the vendor's own Node client does.
 */
export const receive: Receive = async (request, connection, context) => {
  const answer = await asReceived(request, connection, context)
  if (answer.ok || answer.code !== 'SIGNATURE_INVALID') return answer
  const body = withFractions(request.body)
  if (body === null) return answer
  const second = await asReceived({ ...request, body }, connection, context)
  if (!second.ok) return answer
  // What is kept is what arrived.
  return { ...second, messages: second.messages.map(message => ({ ...message, body: request.body })) }
}

/** Null where no weight is a whole number. Latin-1 keeps every byte. */
function withFractions(body: Buffer): Buffer | null {
  const text = body.toString('latin1')
  const signed = text.replaceAll(/("weight"\s*:\s*\d+)(?=\s*[,}])/g, '$1.0')
  return signed === text ? null : Buffer.from(signed, 'latin1')
}
