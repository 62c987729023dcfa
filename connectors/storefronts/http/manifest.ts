import type { Manifest } from '../../sdk/index.ts'
import { ofConnection } from './of-connection.ts'
import { AUTH } from './settings/auth-schema.ts'
import { LIMITS, PROBE, RESPONSES } from './settings/calls-schema.ts'
import { POLLS } from './settings/polls-schema.ts'
import { MAPPING, PUSHES } from './settings/pushes-schema.ts'
import { WEBHOOKS } from './settings/webhooks-schema.ts'

/** Version of the settings below, not of a partner's API. */
export const API_VERSION = '1'

/** A channel that is described by settings alone: its manifest is completed by each connection's settings. */
export const manifest: Manifest = {
  id: 'http-shop',
  name: 'Declared channel',
  kind: 'storefront',
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
        description: 'What stands before every path: all calls stay on this host.',
      },
      auth: { title: 'Credentials', ...AUTH },
      webhooks: { title: 'Webhooks', ...WEBHOOKS },
      polls: { title: 'Polls', ...POLLS },
      pushes: { title: 'Pushes', ...PUSHES },
      mapping: { title: 'Outgoing mappings', ...MAPPING },
      limits: { title: 'Limits', ...LIMITS },
      responses: { title: 'Answers', ...RESPONSES },
      probe: { title: 'Probe', ...PROBE },
    },
  },
  secrets: {
    webhookSecret: {
      description: 'Proves webhooks, as `webhooks.signature` says. Give the new one first while rotating.',
      required: false,
      rotatable: true,
    },
    token: { description: 'For `auth` of the kinds bearer, header and query.', required: false },
    password: { description: 'For `auth` of the kind basic.', required: false },
    clientId: { description: 'For `auth` of the kind client-credentials.', required: false },
    clientSecret: { description: 'For `auth` of the kind client-credentials.', required: false },
    accessToken: { description: 'Kept by the hub where it asks for tokens.', required: false },
  },
  topics: {},
  ofConnection,
}
