import { createHash } from 'node:crypto'
import { HubError, parseInstant, parseJson, type RawMessage } from '../../../sdk/index.ts'

/** A notification without its envelope: Amazon writes envelopes in PascalCase and in camelCase, by type. */
export interface Notification {
  type: string
  id: string
  eventTime?: string
  payload: Record<string, unknown>
}

type Json = Record<string, unknown>

/** Throws BODY_UNREADABLE for what is no notification. */
export function readNotification(body: Buffer): Notification {
  const envelope = unwrapped(parseJson(body))
  const metadata = memberOf(envelope, 'notificationMetadata')
  const type = memberOf(envelope, 'notificationType')
  const payload = memberOf(envelope, 'payload')
  if (typeof type !== 'string' || !isJson(payload))
    throw new HubError('BODY_UNREADABLE', { detail: 'The body is no notification of Amazon.' })
  const id = isJson(metadata) ? memberOf(metadata, 'notificationId') : undefined
  const eventTime = memberOf(envelope, 'eventTime')
  return {
    type,
    id: typeof id === 'string' && id ? id : createHash('sha256').update(body).digest('hex'),
    ...(typeof eventTime === 'string' ? { eventTime } : {}),
    payload,
  }
}

/** A queue may be fed by EventBridge or through SNS, which wrap what Amazon sent. */
function unwrapped(body: unknown): Json {
  if (!isJson(body)) throw new HubError('BODY_UNREADABLE', { detail: 'The body is no JSON object.' })
  if (isJson(body['detail']) && 'detail-type' in body) return body['detail']
  if (body['Type'] === 'Notification' && typeof body['Message'] === 'string')
    return unwrapped(parseJson(Buffer.from(body['Message'])))
  return body
}

/** By name in either casing. */
export function memberOf(object: Json, name: string): unknown {
  return object[name] ?? object[`${name[0]!.toUpperCase()}${name.slice(1)}`]
}

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * One message of the queue as the hub keeps it. SQS delivers at least once, Amazon publishes at least once: only the
 * notification's own id is the same each time. What cannot be read is kept all the same, so that a person can look.
 */
export function messageOf(body: Buffer): RawMessage {
  const headers = { 'content-type': 'application/json' }
  try {
    const { type, id, eventTime } = readNotification(body)
    const eventAt = parseInstant(eventTime ?? '')?.ms
    return { topic: type, dedupeKey: id, headers, body, ...(eventAt === undefined ? {} : { eventAt }) }
  } catch (thrown) {
    if (!(thrown instanceof HubError)) throw thrown
    const digest = createHash('sha256').update(body).digest('hex')
    return { topic: UNREADABLE, dedupeKey: `${UNREADABLE}|${digest}`, headers, body }
  }
}

export const UNREADABLE = 'unreadable'
