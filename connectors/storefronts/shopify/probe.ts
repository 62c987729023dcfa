import { type ConnectorContext, HubError } from '../../sdk/index.ts'
import { adminApi } from './admin/admin-api.ts'
import { settingsOf } from './settings.ts'

/** What the hub can do without: said, not refused, because not every merchant wants it. */
const OPTIONAL_SCOPES: readonly (readonly [scope: string, without: string])[] = [
  ['read_returns', 'returns'],
  ['read_inventory', 'stock of the shop'],
  ['write_inventory', 'stock to the shop'],
  ['write_fulfillments', 'delivery events to the shop'],
  ['write_merchant_managed_fulfillment_orders', 'tracking to the shop'],
]

/** Without these, polled orders lack parts and would differ from their webhooks. */
const NEEDED_SCOPES = ['read_orders', 'read_customers', 'read_products', 'read_locations']

const SHOP = /* GraphQL */ `
query CrossdockProbe {
  shop { name myshopifyDomain }
  currentAppInstallation { accessScopes { handle } }
}`

interface Probed {
  shop: { name: string; myshopifyDomain: string }
  currentAppInstallation: { accessScopes: { handle: string }[] }
}

/** The token opens this shop and no other, and the app may read what a poll reads. */
export async function probe(context: ConnectorContext): Promise<{ ok: true; detail: string }> {
  const api = await adminApi(context)
  const { shop, currentAppInstallation } = await api<Probed>(SHOP)
  const wanted = settingsOf(context.connection).shop
  if (shop.myshopifyDomain.toLowerCase() !== wanted) {
    throw new HubError('UNAUTHORIZED', {
      detail: `The access token belongs to ${shop.myshopifyDomain}, not to ${wanted}.`,
    })
  }
  const granted = currentAppInstallation.accessScopes.map(({ handle }) => handle)
  const missing = NEEDED_SCOPES.filter(scope => !isGranted(granted, scope))
  if (missing.length)
    throw new HubError('UNAUTHORIZED', { detail: `The app lacks the scopes ${missing.join(', ')}.` })
  const without = OPTIONAL_SCOPES.filter(([scope]) => !isGranted(granted, scope))
  const lacks = without.map(([scope, what]) => `${what} (${scope})`).join(', ')
  return {
    ok: true,
    detail: `Connected to ${shop.name} (${shop.myshopifyDomain}).${lacks ? ` Without scopes for: ${lacks}.` : ''}`,
  }
}

/** Shopify leaves a `read_` scope out of the list where the `write_` one implies it. */
const isGranted = (granted: readonly string[], scope: string): boolean =>
  granted.includes(scope) || granted.includes(scope.replace('read_', 'write_'))
