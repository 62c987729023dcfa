import type { KeyHandoff } from '../../sdk/index.ts'
import { shopUrlOf } from './settings.ts'

/**
 * The merchant agrees on a page of the own shop, which then posts a key pair to us.
 * https://woocommerce.github.io/woocommerce-rest-api-docs/#authentication-endpoint
 */
export const auth: KeyHandoff = {
  kind: 'key-handoff',
  authorizeUrl(settings, { callbackUrl, returnUrl, state, app }) {
    const url = new URL(`${shopUrlOf(settings)}/wc-auth/v1/authorize`)
    url.search = new URLSearchParams({
      app_name: app,
      scope: 'read_write',
      // Whoever the app says the merchant is; it comes back as it was sent.
      user_id: state,
      return_url: returnUrl,
      callback_url: callbackUrl,
    }).toString()
    return url.href
  },
  read(body) {
    const { user_id: state, consumer_key: consumerKey, consumer_secret: consumerSecret } = members(body)
    if (state === undefined || typeof consumerKey !== 'string' || typeof consumerSecret !== 'string')
      return null
    return { state: String(state), secrets: { consumerKey, consumerSecret } }
  },
}

const members = (body: unknown): Record<string, unknown> =>
  typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
