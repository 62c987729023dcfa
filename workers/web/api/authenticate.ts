import type { Request } from 'express'
import type { Keys } from '#core/accounts/keys.ts'
import type { Principal } from '#core/accounts/roles.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { readSession } from './cookie.ts'
import type { Failures } from './failures.ts'
import { checkSameOrigin } from './same-origin.ts'

export interface AuthenticateDeps {
  keys: Pick<Keys, 'verify'>
  failures: Failures
  config: { publicUrl: string }
}

/** A bearer key or the session cookie. A wrong credential counts against its address; a missing one does not. */
export async function authenticate(
  request: Request,
  { keys, failures, config }: AuthenticateDeps,
): Promise<Principal> {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const session = bearer ? null : readSession(request)
  const secret = bearer ?? session
  if (!secret) throw new HubError('NOT_SIGNED_IN')
  const address = request.ip ?? ''
  failures.check(address)
  const principal = await keys.verify(secret, bearer ? 'api' : 'session')
  if (!principal) {
    failures.add(address)
    throw new HubError('NOT_SIGNED_IN')
  }
  // A browser adds the cookie by itself, whoever made the page; a bearer key is only sent by who knows it.
  if (session) checkSameOrigin(request, config.publicUrl)
  return principal
}
