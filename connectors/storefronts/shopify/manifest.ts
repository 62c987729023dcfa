import { changedCursorAt, type Manifest } from '../../sdk/index.ts'
import { auth } from './auth.ts'
import { limits } from './limits.ts'
import { orderCursorAt } from './poll-cursor.ts'

/** The one place that names the version. Shopify supports a version for at least twelve months after its release. */
export const API_VERSION = '2026-10'

/** Topic of every order that the hub asks for itself: poll, backfill and fetch-back share one mapping. */
export const GRAPHQL_ORDER = 'graphql/order'

/** Topic of an inventory level that the hub asks for: with its SKU and every state, which webhooks lack. */
export const GRAPHQL_LEVEL = 'graphql/inventory_level'

/** Topic of a return, which is always fetched. */
export const GRAPHQL_RETURN = 'graphql/return'

/** A product as the hub asks for it: webhooks leave out what Shopify keeps with the stock item, and many variants. */
export const GRAPHQL_PRODUCT = 'graphql/product'

export const manifest: Manifest = {
  id: 'shopify',
  name: 'Shopify',
  kind: 'storefront',
  api: {
    version: API_VERSION,
    sunset: '2027-10-01',
    docs: 'https://shopify.dev/docs/api/admin-graphql/2026-10',
  },
  settings: {
    type: 'object',
    required: ['shop'],
    additionalProperties: false,
    properties: {
      shop: {
        type: 'string',
        title: 'Shop',
        description: 'The permanent domain of the store, as in acme.myshopify.com.',
        pattern: '^[a-z0-9][a-z0-9-]*\\.myshopify\\.com$',
      },
      apiBaseUrl: {
        type: 'string',
        format: 'uri',
        title: 'API address',
        description: 'Only for simulators and tests; without it, https:// and the shop.',
      },
      pollSeconds: {
        type: 'integer',
        minimum: 10,
        default: 300,
        title: 'Poll interval',
        description: 'Seconds between two looks at changed orders. The poll finds what webhooks missed.',
      },
      overlapSeconds: {
        type: 'integer',
        minimum: 0,
        default: 120,
        title: 'Poll overlap',
        description:
          'Seconds before the last change seen that are read again, because Shopify’s search index lags behind.',
      },
      pollFrom: {
        type: 'string',
        format: 'date-time',
        title: 'Poll from',
        description:
          'The first poll leaves out orders that last changed before this. Without it: everything the app may see.',
      },
      bulkAbove: {
        type: 'integer',
        minimum: 0,
        default: 1_000,
        title: 'Bulk above',
        description:
          'A poll or backfill that begins more than three days ago and finds more orders than this has Shopify write them to a file.',
      },
      skipTestOrders: {
        type: 'boolean',
        default: false,
        title: 'Leave out test orders',
        description: 'Orders paid through a test gateway are counted as skipped.',
      },
      locationId: {
        type: 'string',
        pattern: '^(gid://shopify/Location/)?[0-9]+$',
        title: 'Location',
        description:
          'Location that takes stock from everywhere that “Locations” does not name. Without both, only items that lie in one place.',
      },
      locations: {
        type: 'object',
        additionalProperties: { type: 'string', pattern: '^(gid://shopify/Location/)?[0-9]+$' },
        default: {},
        title: 'Locations',
        description: 'Place of the stock (its id, code or name at the source) → location of the shop.',
      },
      notifyBuyer: {
        type: 'boolean',
        default: false,
        title: 'Write to the buyer',
        description: 'Shopify sends its shipping mails for what the hub ships.',
      },
    },
  },
  secrets: {
    webhookSecret: {
      description: 'Client secret of the app: signs every webhook. Give the new one first while rotating.',
      required: true,
      rotatable: true,
      app: 'clientSecret',
    },
    accessToken: {
      description:
        'Admin API access token (scope read_orders): needed to poll, to fetch edited orders and to subscribe.',
      required: false,
    },
  },
  topics: {
    'orders/create': 'order',
    'orders/updated': 'order',
    'orders/paid': 'order',
    'orders/cancelled': 'order',
    'orders/edited': 'order',
    'orders/fulfilled': 'order',
    'orders/partially_fulfilled': 'order',
    'fulfillments/create': 'shipment',
    'fulfillments/update': 'shipment',
    'refunds/create': 'return',
    'returns/request': 'return',
    'returns/approve': 'return',
    'returns/decline': 'return',
    'returns/cancel': 'return',
    'returns/reopen': 'return',
    'returns/close': 'return',
    'inventory_levels/update': 'inventory',
    'inventory_levels/connect': 'inventory',
    'products/create': 'product',
    'products/update': 'product',
    'products/delete': 'product',
  },
  polls: {
    order: {
      ...{ everySeconds: 300, topic: GRAPHQL_ORDER, needs: 'accessToken' },
      cursorAt: orderCursorAt,
    },
    inventory: {
      ...{ everySeconds: 1_800, topic: GRAPHQL_LEVEL, needs: 'accessToken' },
      cursorAt: changedCursorAt,
    },
    product: {
      ...{ everySeconds: 3_600, topic: GRAPHQL_PRODUCT, needs: 'accessToken' },
      cursorAt: changedCursorAt,
    },
  },
  pushes: { inventory: 'state', shipment: 'state' },
  limits,
  auth,
  subscriptions: { everySeconds: 6 * 3_600, needs: 'accessToken' },
}
