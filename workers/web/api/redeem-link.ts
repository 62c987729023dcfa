import type { Request } from 'express'
import { HubError } from '#core/errors/hub-error.ts'
import type { SessionCookie } from './cookie.ts'
import type { ApiDeps } from './deps.ts'
import type { Failures } from './failures.ts'

interface Redemption {
  request: Request
  token: string
  failures: Failures
}

/** Trades a link for the session cookie; a wrong link counts against its address. */
export async function redeemLink(
  { request, token, failures }: Redemption,
  { signIn, record, config, clock }: Pick<ApiDeps, 'signIn' | 'record' | 'config' | 'clock'>,
): Promise<{ cookie: SessionCookie; expiresAt: number }> {
  const address = request.ip ?? ''
  failures.check(address)
  try {
    const { id, session, expiresAt } = await signIn.redeem(token)
    await record({ id }, { action: 'session.open', subject: id })
    const cookie = {
      session,
      maxAgeMs: expiresAt - clock.now(),
      secure: config.publicUrl.startsWith('https:'),
    }
    return { cookie, expiresAt }
  } catch (thrown) {
    if (thrown instanceof HubError && thrown.code === 'NOT_SIGNED_IN') failures.add(address)
    throw thrown
  }
}
