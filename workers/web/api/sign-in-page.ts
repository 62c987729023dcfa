import type { RequestHandler } from 'express'
import { HubError } from '#core/errors/hub-error.ts'
import { setSession } from './cookie.ts'
import type { ApiDeps } from './deps.ts'
import type { Failures } from './failures.ts'
import { redeemLink } from './redeem-link.ts'

/** `GET /sign-in?token=`: what the printed link opens. */
export const createSignInPage =
  (deps: ApiDeps, failures: Failures): RequestHandler =>
  async (request, response) => {
    const token = typeof request.query['token'] === 'string' ? request.query['token'] : ''
    // The token must not travel on in a Referer.
    response.setHeader('referrer-policy', 'no-referrer')
    try {
      const { cookie } = await redeemLink({ request, token, failures }, deps)
      setSession(response, cookie)
    } catch (thrown) {
      // A person is looking: the page says how to get another link.
      if (!(thrown instanceof HubError) || thrown.code !== 'NOT_SIGNED_IN') throw thrown
    }
    response.redirect(303, '/')
  }
