import {
  asText,
  epochMs,
  HubError,
  parseJson,
  type RawMessage,
  type RawRequest,
  type Receive,
  type Received,
  type SignatureScheme,
  verifySignature,
} from '../../sdk/index.ts'

/** One entity that changed; the facts have to be asked for. Members are anything until they are looked at. */
type Notification = Readonly<Record<string, unknown>>

/** Compared as a header, so that one place of the hub compares secrets. */
const CLIENT_STATE = {
  kind: 'shared-secret',
  in: { header: 'client-state', form: 'plain' },
} as const satisfies SignatureScheme

/**
 * https://learn.microsoft.com/en-us/dynamics365/business-central/dev-itpro/api-reference/v2.0/dynamics-subscriptions:
 * the handshake, and lists of notifications that each carry the shared secret in their body. What does not carry it is
 * refused as a whole; the secret itself is not kept.
 */
export const receive: Receive = (request, connection) => {
  const token = tokenIn(request)
  if (token !== null) return handshake(token)
  const notifications = listIn(request)
  if (notifications === null || notifications.length === 0)
    return refused(401, 'SIGNATURE_MISSING', 'The body has no notification that could prove its sender.')
  const secrets = connection.secrets['webhookSecret'] ?? []
  for (const { clientState } of notifications) {
    const headers = { 'client-state': typeof clientState === 'string' ? clientState : '' }
    const verdict = verifySignature(CLIENT_STATE, { ...request, headers }, secrets, {
      now: request.receivedAt,
    })
    if (!verdict.ok) return refused(401, verdict.code, verdict.detail)
  }
  const messages = notifications.map(messageOf)
  if (messages.some(message => message === null))
    return refused(400, 'REQUEST_INVALID', 'A notification names no record.')
  return { ok: true, messages: messages as RawMessage[] }
}

const LONGEST_TOKEN = 1_000

function tokenIn({ target }: RawRequest): string | null {
  const mark = target.indexOf('?')
  return mark < 0 ? null : new URLSearchParams(target.slice(mark + 1)).get('validationToken')
}

/** Asked when a subscription is made or renewed: nothing is proven, and nothing but what was sent is said. */
const handshake = (token: string): Received =>
  token.length > LONGEST_TOKEN
    ? refused(400, 'REQUEST_INVALID', 'The validation token is too long.')
    : {
        ok: true,
        messages: [],
        answer: {
          status: 200,
          headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
          body: token,
        },
      }

function listIn({ body }: RawRequest): Notification[] | null {
  try {
    const { value } = Object(parseJson(body)) as { value?: unknown }
    return Array.isArray(value) ? value.map(one => Object(one) as Notification) : null
  } catch (thrown) {
    if (thrown instanceof HubError) return null
    throw thrown
  }
}

function messageOf({ clientState: _, ...told }: Notification): RawMessage | null {
  const [resource, changeType, at] = [told['resource'], told['changeType'], told['lastModifiedDateTime']].map(
    asText,
  )
  const set = /([A-Za-z]+)(?:\([^()]*\))?(?:\?.*)?$/.exec(resource ?? '')?.[1]
  if (!set) return null
  const eventAt = epochMs(at)
  return {
    topic: set,
    dedupeKey: [set, resource, changeType, at].join('|'),
    ...(eventAt === undefined ? {} : { eventAt }),
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(told)),
  }
}

const refused = (status: number, code: string, detail: string): Received => ({
  ok: false,
  status,
  code,
  detail,
})
