import assert from 'node:assert/strict'
import type { ConnectorContext, RawRequest, Received } from '#core/contracts/connector.ts'
import type { Bench } from '../bench/bench.ts'
import type { Check, Kit } from '../kit.ts'
import { hasWebhooks, secretName, webhooksOf } from '../support/delivered.ts'

/** As the files of `signatures/` have them. */
interface Vector {
  id: string
  secret?: string | null
  old_secret?: string
  public_key?: string
  /** What the partner answers when it is asked for the key. */
  public_key_response?: unknown
  url?: string
  headers?: Record<string, string>
  body?: string | null
  valid?: boolean | null
  freeze_clock_at?: number
}

export const vectors: Check = {
  name: 'published signature vectors verify or fail as stated',
  applies(kit) {
    const has = hasWebhooks(kit)
    if (has !== true) return has
    const { vectors: file } = webhooksOf(kit)
    if (!file) return 'There are no published vectors.'
    return kit.tools.vectors(file)
      ? true
      : 'The folder of real partner payloads is not there (--fixtures, HUB_FIXTURES).'
  },
  async run(kit) {
    const bench = await kit.open()
    const { vectors: file = '' } = webhooksOf(kit)
    const all = (kit.tools.vectors(file) ?? []) as Vector[]
    const usable = all.filter(isDelivery)
    if (usable.length === 0) return `${file} has no vector of a whole delivery.`
    for (const vector of usable) {
      const answer = await judged(kit, bench, vector)
      // An empty secret can sign, and proves nothing.
      const genuine = vector.valid === true && vector.secret !== ''
      // A genuine one may still be refused for what it says: it is of another shop.
      const right = genuine ? answer.ok || !answer.code.startsWith('SIGNATURE_') : !answer.ok
      const said = answer.ok ? 'accepted' : `refused with ${answer.code}: ${answer.detail}`
      assert.ok(
        right,
        `Vector ${vector.id} is ${genuine ? 'genuine' : 'not genuine'}, and receive.ts says: ${said}`,
      )
    }
    return undefined
  },
}

/** Files also hold challenges and signed addresses, which are no deliveries. */
const isDelivery = ({ headers, body, valid }: Vector): boolean =>
  typeof body === 'string' && typeof valid === 'boolean' && Object.keys(headers ?? {}).length > 0

async function judged(kit: Kit, bench: Bench, vector: Vector): Promise<Received> {
  const live = [vector.secret ?? vector.public_key, vector.old_secret].filter(
    secret => typeof secret === 'string',
  )
  const name = secretName(kit)
  const secrets = { ...bench.connection.secrets, ...(name === null ? {} : { [name]: live }) }
  const connection = { ...bench.connection, secrets }
  return kit.connector.receive!(
    requestOf(vector, bench),
    connection,
    keyContext({ ...bench.context, connection }, vector),
  )
}

function requestOf(
  { headers = {}, body, url = 'https://hub.example/in/kit', freeze_clock_at }: Vector,
  bench: Bench,
): RawRequest {
  const { pathname, search } = new URL(url)
  return {
    method: 'POST',
    target: `${pathname}${search}`,
    url,
    headers: Object.fromEntries(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value])),
    body: Buffer.from(body ?? ''),
    receivedAt: freeze_clock_at === undefined ? bench.clock.now() : freeze_clock_at * 1_000,
  }
}

/** Whoever asks for the published key gets the vector's. */
function keyContext(context: ConnectorContext, { public_key_response: body }: Vector): ConnectorContext {
  if (body === undefined) return context
  return {
    ...context,
    token: async () => 'not-asked',
    http: { request: async () => ({ status: 200, headers: { 'content-type': 'application/json' }, body }) },
  }
}
