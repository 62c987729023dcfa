import type { Request } from 'express'
import type { HubError } from '#core/errors/hub-error.ts'
import { type Reply, refusal } from './reply.ts'

/** Ids as the configuration allows them. Anything else cannot be a connection and costs no look-up. */
const CONNECTION_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/

/** GET, because some partners verify an address by a challenge; the connector says whether it answers one. */
const METHODS = ['GET', 'POST']

/** What the partner is told to wait when the hub does not know better. */
const RETRY_AFTER_MS = 5_000

export const unknownConnection = (): Reply => refusal(404, 'CONNECTION_UNKNOWN')

/** What can be refused before anything is read or looked up. */
export function refusalByHead(request: Request, connectionId: string, maxBodyBytes: number): Reply | null {
  if (!METHODS.includes(request.method)) {
    return refusal(405, 'REQUEST_INVALID', 'Webhooks are sent by POST.', { allow: METHODS.join(', ') })
  }
  if (!CONNECTION_ID.test(connectionId)) return unknownConnection()
  return Number(request.headers['content-length']) > maxBodyBytes ? refusal(413, 'BODY_TOO_LARGE') : null
}

/** What express.raw says about a body that did not arrive whole (http-errors with a `type`). */
export function unreadableBody(error: { type?: string }): Reply {
  switch (error.type) {
    case 'entity.too.large':
      return refusal(413, 'BODY_TOO_LARGE')
    case 'encoding.unsupported':
      return refusal(415, 'REQUEST_INVALID', 'The content encoding is not supported.')
    case 'request.aborted':
      return refusal(400, 'REQUEST_INVALID', 'The request ended before its body was whole.')
    case 'request.size.invalid':
      return refusal(400, 'REQUEST_INVALID', 'The body is not as long as its header says.')
    default:
      return refusal(400, 'REQUEST_INVALID', 'The body cannot be read.')
  }
}

/**
 * Anything that failed on the way to the store: 503, so that the partner sends again. Never a 4xx, because some
 * partners then drop the event (Business Central even the subscription), and never a 2xx. What went wrong inside is
 * not the partner's to read.
 */
export function notTaken(error: HubError): Reply {
  const seconds = Math.max(1, Math.ceil((error.retryAfterMs ?? RETRY_AFTER_MS) / 1_000))
  return refusal(503, error.code, '', { 'retry-after': String(seconds) })
}
