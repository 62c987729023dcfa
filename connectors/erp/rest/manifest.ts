import type { Manifest } from '../../sdk/index.ts'

/** Version of this hub's generic contract, not of a partner's API: it changes when a request below changes. */
export const API_VERSION = '1'

export const DEFAULT_STRATEGY = 'search-then-create'
export const DEFAULT_IDEMPOTENCY_HEADER = 'Idempotency-Key'
export const DEFAULT_API_KEY_HEADER = 'X-Api-Key'

const HEADER_NAME = "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$"

export const manifest: Manifest = {
  id: 'rest-erp',
  name: 'Generic REST ERP',
  kind: 'erp',
  api: { version: API_VERSION, docs: 'https://www.rfc-editor.org/rfc/rfc9110' },
  settings: {
    type: 'object',
    required: ['baseUrl'],
    additionalProperties: false,
    properties: {
      baseUrl: {
        type: 'string',
        format: 'uri',
        pattern: '^https?://',
        title: 'Address',
        description: 'What stands before /order, /shipment and so on.',
      },
      strategy: {
        enum: ['upsert', 'idempotency-key', 'search-then-create'],
        default: DEFAULT_STRATEGY,
        title: 'Exactly-once strategy',
        description:
          'upsert: PUT /{resource}/{key}. idempotency-key: POST with a header that the ERP remembers. search-then-create: GET ?key= and POST.',
      },
      mapping: {
        type: 'string',
        title: 'Outgoing mapping',
        description: 'Id of the mapping that makes the body; without it the canonical document is sent.',
      },
      idempotencyHeader: {
        type: 'string',
        pattern: HEADER_NAME,
        default: DEFAULT_IDEMPOTENCY_HEADER,
        title: 'Idempotency header',
        description: 'Only for the strategy idempotency-key.',
      },
      apiKeyHeader: {
        type: 'string',
        pattern: HEADER_NAME,
        default: DEFAULT_API_KEY_HEADER,
        title: 'Header of the API key',
        description: 'Used when the secret apiKey is set.',
      },
      username: { type: 'string', title: 'User', description: 'For HTTP Basic, with the secret password.' },
      timeoutMs: {
        type: 'integer',
        minimum: 100,
        maximum: 300_000,
        title: 'Time limit',
        description: 'Milliseconds for one whole request; without it, the hub’s own limit.',
      },
    },
  },
  secrets: {
    token: { description: 'Sent as `Authorization: Bearer`.', required: false, rotatable: true },
    apiKey: { description: 'Sent in the header of the API key.', required: false, rotatable: true },
    password: { description: 'For HTTP Basic, with the setting `username`.', required: false },
  },
  topics: {},
  pushes: {
    order: 'state',
    inventory: 'state',
    shipment: 'state',
    return: 'state',
    product: 'state',
    settlement: 'state',
  },
}
