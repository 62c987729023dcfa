import type { Manifest } from '../../sdk/index.ts'
import { squareSettings } from './settings.ts'

const SCOPES = [
  ...['MERCHANT_PROFILE_READ', 'ORDERS_READ', 'ORDERS_WRITE', 'PAYMENTS_READ'],
  ...['ITEMS_READ', 'INVENTORY_READ', 'INVENTORY_WRITE'],
]

const DAY = 86_400

const addressOf = (settings: Readonly<Record<string, unknown>>): string =>
  squareSettings({ settings }).apiBaseUrl.replace(/\/+$/, '')

/**
 * Code grant: access tokens of 30 days and a refresh token that stays. Square asks to renew every seven days or sooner.
 * https://developer.squareup.com/docs/oauth-api/overview
 */
export const auth: NonNullable<Manifest['auth']> = {
  kind: 'oauth2',
  grant: 'authorization-code',
  authorizeUrl: settings => `${addressOf(settings)}/oauth2/authorize`,
  tokenUrl: settings => `${addressOf(settings)}/oauth2/token`,
  scopes: SCOPES,
  // The merchant has to sign in, whoever uses the browser.
  authorizeParams: { session: 'false' },
  tokenRequest: 'json',
  lifetimeSeconds: 30 * DAY,
  refreshBeforeSeconds: 23 * DAY,
}
