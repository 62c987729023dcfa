import type { SignatureScheme } from './scheme.ts'

const FIVE_MINUTES = 300

/** HMAC-SHA256 of the raw body, base64: the most common shape. */
const hmacBase64 = (header: string) => ({ kind: 'hmac', header, encoding: 'base64' }) as const

const standardWebhooks = (key: 'base64' | 'utf8') =>
  ({ kind: 'standard-webhooks', key, toleranceSeconds: FIVE_MINUTES }) as const

/** CHANNELS §16: who signs how. The vendor's page is named where the connector's manifest does not already name it. */
export const SIGNATURE_SCHEMES = {
  shopify: hmacBase64('x-shopify-hmac-sha256'),
  shopifyEvents: hmacBase64('shopify-hmac-sha256'),
  shopifyOauth: { kind: 'query-hmac', parameter: 'hmac', unsigned: ['signature'], separator: '&' },
  shopifyAppProxy: { kind: 'query-hmac', parameter: 'signature', unsigned: [], separator: '' },
  woocommerce: hmacBase64('x-wc-webhook-signature'),
  shiphero: hmacBase64('x-shiphero-hmac-sha256'),
  frappe: hmacBase64('x-frappe-webhook-signature'),
  easypost: {
    kind: 'hmac',
    header: 'x-hmac-signature',
    encoding: 'hex',
    prefix: 'hmac-sha256-hex=',
    key: 'nfkd',
  },
  // The vendor's page says both hex and base64.
  fedex: { kind: 'hmac', header: 'fdx-signature', encoding: 'either' },
  square: {
    kind: 'hmac',
    header: 'x-square-hmacsha256-signature',
    encoding: 'base64',
    signed: ['url', 'body'],
  },
  // https://developer.walmart.com/us-marketplace/docs/security-and-authenticity
  walmart: {
    kind: 'hmac',
    header: 'wm_sec.signature',
    encoding: 'base64',
    signed: ['method', 'target', 'timestamp', 'body-sha256-hex'],
    separator: '\n',
    timestamp: { header: 'wm_sec.timestamp', toleranceSeconds: FIVE_MINUTES },
  },
  shipbob: standardWebhooks('base64'),
  etsy: standardWebhooks('base64'),
  // The vendor has the client secret base64-encoded for the library, which decodes it: its characters are the key.
  bigcommerce: standardWebhooks('utf8'),
  ebay: { kind: 'ecdsa', header: 'x-ebay-signature' },
  clover: { kind: 'shared-secret', in: { header: 'x-clover-auth', form: 'plain' } },
  ups: { kind: 'shared-secret', in: { header: 'authorization', form: 'bearer' } },
  walmartEvents: { kind: 'shared-secret', in: { header: 'authorization', form: 'basic' } },
  shippo: { kind: 'shared-secret', in: { query: 'token' } },
  amazonSqs: { kind: 'none', because: 'The queue policy lets only Amazon write.' },
  shopifyEventBridge: { kind: 'none', because: 'The event bus belongs to the partner source.' },
} as const satisfies Record<string, SignatureScheme>
