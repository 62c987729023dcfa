import { setSession } from '../cookie.ts'
import { redeemLink } from '../redeem-link.ts'
import type { Handler } from '../route.ts'
import { instantOf } from '../times.ts'

export const signIn: Handler = async ({ request, response, body, failures }, deps) => {
  const { token } = body as { token: string }
  const { cookie, expiresAt } = await redeemLink({ request, token, failures }, deps)
  setSession(response, cookie)
  return { expiresAt: instantOf(expiresAt) }
}
