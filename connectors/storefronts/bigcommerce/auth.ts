import type { OAuth } from '../../sdk/index.ts'
import { loginOf, storeOf } from './settings.ts'

/** What the hub reads and writes; transactions only to be told of them. */
const SCOPES = [
  'store_v2_orders',
  'store_v2_transactions_read_only',
  'store_v2_products_read_only',
  'store_inventory',
  'store_v2_information_read_only',
]

/**
 * https://developer.bigcommerce.com/docs/integrations/apps/guide/auth: the token request repeats scope and store, and the
 * token stays good until the app is taken off the store. A store without the app gives the token of an API account instead.
 */
export const auth: OAuth = {
  kind: 'oauth2',
  grant: 'authorization-code',
  authorizeUrl: settings =>
    `${loginOf(settings)}/oauth2/authorize${settings['storeHash'] ? `?context=${storeOf(settings)}` : ''}`,
  tokenUrl: settings => `${loginOf(settings)}/oauth2/token`,
  scopes: SCOPES,
  tokenParams: { scope: SCOPES.join(' ') },
  tokenParamsOf: settings => ({ context: storeOf(settings) }),
  settingsFromCallback: { context: 'storeHash' },
}
