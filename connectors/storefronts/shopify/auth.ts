import type { Manifest } from '../../sdk/index.ts'

/**
 * What the hub reads and writes (`write_` includes `read_`): `read_all_orders` (older than 60 days) needs Shopify's
 * approval and is not asked for. Fulfilment orders of the merchant and of 3PLs have a scope each.
 */
const SCOPES = [
  ...['read_orders', 'read_customers', 'read_products', 'read_locations', 'read_returns'],
  ...['write_inventory', 'write_fulfillments'],
  ...['write_merchant_managed_fulfillment_orders', 'write_third_party_fulfillment_orders'],
]

const addressOf = ({ shop, apiBaseUrl }: Readonly<Record<string, unknown>>): string =>
  String(apiBaseUrl ?? `https://${String(shop)}`).replace(/\/+$/, '')

/**
 * Authorisation code grant with offline tokens that end after an hour and are renewed (`expiring=1`); custom apps may keep
 * one token for ever and give it as `accessToken`. https://shopify.dev/docs/apps/build/authentication-authorization
 */
export const auth: NonNullable<Manifest['auth']> = {
  kind: 'oauth2',
  grant: 'authorization-code',
  authorizeUrl: settings => `${addressOf(settings)}/admin/oauth/authorize`,
  tokenUrl: settings => `${addressOf(settings)}/admin/oauth/access_token`,
  scopes: SCOPES,
  scopeSeparator: ',',
  tokenParams: { expiring: '1' },
  callbackSignature: 'shopifyOauth',
  settingsFromCallback: { shop: 'shop' },
}
