import type { JsonSchema } from '../../../sdk/index.ts'
import { group, HEADER, needs, part, pointer, RESOURCE } from './words.ts'

const TOLERANCE: JsonSchema = {
  type: 'integer',
  minimum: 1,
  maximum: 86_400,
  description: 'seconds that the signed time may be off; 300 unless told',
}

/** The signature schemes of the SDK that need nothing but the secret `webhookSecret`. */
const SIGNATURE = {
  ...group(
    'How a webhook proves that it is the shop’s; the key is the secret `webhookSecret`',
    {
      kind: {
        enum: ['hmac', 'standard-webhooks', 'shared-secret'],
        description: 'hmac is HMAC-SHA256; shared-secret proves the sender only',
      },
      header: {
        ...HEADER,
        description: 'for hmac and shared-secret: what carries the signature or the secret',
      },
      encoding: { enum: ['base64', 'hex', 'either'], description: 'for hmac' },
      prefix: { type: 'string', description: 'for hmac: stands before the signature, as in sha256=' },
      signed: {
        type: 'array',
        minItems: 1,
        items: { enum: ['body', 'body-sha256-hex', 'url', 'method', 'target', 'timestamp'] },
        description: 'for hmac: what is signed, in this order; the body alone unless told',
      },
      separator: { type: 'string', description: 'for hmac: stands between the signed parts' },
      timestampHeader: { ...HEADER, description: 'for hmac: Unix seconds that are signed' },
      toleranceSeconds: TOLERANCE,
      key: {
        enum: ['base64', 'utf8'],
        description: 'for standard-webhooks: how the secret is a key; base64 unless told',
      },
      form: {
        enum: ['plain', 'bearer', 'basic'],
        description: 'for shared-secret in a header; plain unless told',
      },
      parameter: {
        type: 'string',
        minLength: 1,
        description: 'for shared-secret: in the query instead of a header',
      },
    },
    ['kind'],
  ),
  allOf: [
    needs('hmac', ['header', 'encoding']),
    {
      if: { required: ['kind'], properties: { kind: { const: 'shared-secret' } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: {
        description: 'a shared secret stands in a `header` or in a `parameter`: give one of them',
        oneOf: [{ required: ['header'] }, { required: ['parameter'] }],
      },
    },
  ],
}

export const WEBHOOKS = group(
  'Webhooks that the shop sends to /webhooks/{connection}',
  {
    signature: SIGNATURE,
    topic: part('where the topic stands: one of header, pointer, query and fixed', {
      fixed: { type: 'string', minLength: 1, description: 'the topic itself, where the shop names none' },
    }),
    topics: {
      type: 'object',
      minProperties: 1,
      additionalProperties: RESOURCE,
      description: 'each topic that is wanted, and the resource that it becomes; others are counted and left',
    },
    dedupeKey: {
      type: 'array',
      items: part('one of header, pointer and query'),
      description:
        'what stays the same when the shop sends an event again; unless told, the digest of the body',
    },
    eventAt: part('when it happened: one of header, pointer and query'),
    keepHeaders: { type: 'array', items: HEADER, description: 'headers that a mapping needs' },
    ignore: {
      type: 'array',
      items: { type: 'string' },
      description: 'topics of pings: answered with 200 and not stored',
    },
    records: pointer('where the record, or the list of them, stands in the body'),
  },
  ['signature', 'topic', 'topics'],
)
