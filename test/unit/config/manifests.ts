import type { Manifest } from '#core/contracts/connector.ts'

const manifest = (
  id: string,
  kind: Manifest['kind'],
  more: Pick<Manifest, 'settings' | 'secrets'>,
): Manifest => ({
  id,
  name: id,
  kind,
  api: { version: '1', docs: 'https://example.com' },
  topics: {},
  ...more,
})

/** Two made-up manifests with the shape of real ones: every kind of setting and secret once. */
export const MANIFESTS: ReadonlyMap<string, Manifest> = new Map(
  [
    manifest('shopify', 'storefront', {
      settings: {
        type: 'object',
        required: ['shop'],
        properties: {
          shop: { type: 'string', pattern: '\\.myshopify\\.com$', description: 'Domain of the shop.' },
          pollSeconds: { type: 'integer', minimum: 10, default: 300 },
          skipTests: { type: 'boolean', default: false },
          locations: { type: 'array', items: { type: 'string' } },
        },
      },
      secrets: {
        webhookSecret: { description: 'Signs webhooks.', required: true, rotatable: true },
        accessToken: { description: 'Reads the API.', required: false },
      },
    }),
    manifest('rest-erp', 'erp', {
      settings: {
        type: 'object',
        required: ['baseUrl'],
        properties: {
          baseUrl: { type: 'string', format: 'uri' },
          strategy: { enum: ['upsert', 'idempotency-key', 'search-then-create'], default: 'upsert' },
        },
      },
      secrets: { token: { description: 'Bearer token.', required: false } },
    }),
  ].map(one => [one.id, one]),
)
