import { clearSession } from '../cookie.ts'
import type { Handler } from '../route.ts'

/** Ends the session; an API key that calls this stays what it is. */
export const signOut: Handler = async ({ principal, request, response }, { keys, record }) => {
  if (!request.headers.authorization && (await keys.revoke(principal.id)))
    await record(principal, { action: 'session.close', subject: principal.id })
  clearSession(response)
}
