import type { OAuth } from '../../sdk/index.ts'
import { consentUrlOf, tokenUrlOf } from './settings.ts'

/** What every application token may do; as part of a consent it is always granted. */
export const APP_SCOPE = 'https://api.ebay.com/oauth/api_scope'

/**
 * https://developer.ebay.com/api-docs/static/oauth-authorization-code-grant.html. The redirect address is the RuName of
 * the app (`apps.ebay.redirectUri` of the configuration), which leads to the hub's callback. A renewal asks for no scopes: it
 * gets those that were agreed to, also when this list has grown since.
 */
export const auth: OAuth = {
  kind: 'oauth2',
  grant: 'authorization-code',
  authorizeUrl: consentUrlOf,
  tokenUrl: tokenUrlOf,
  scopes: [
    APP_SCOPE,
    'https://api.ebay.com/oauth/api_scope/sell.fulfillment',
    'https://api.ebay.com/oauth/api_scope/sell.inventory',
    'https://api.ebay.com/oauth/api_scope/commerce.notification.subscription',
  ],
  clientAuth: 'basic',
  // Two hours; renewing is counted per day and app, so a token is used almost to its end.
  lifetimeSeconds: 7_200,
  refreshBeforeSeconds: 120,
}
