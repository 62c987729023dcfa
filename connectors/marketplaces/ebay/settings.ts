import { type ConnectionView, type JsonSchema, parseInstant, settingsOf } from '../../sdk/index.ts'
import { ITEM_MARKED_SHIPPED, ORDER_CONFIRMATION } from './topics.ts'

export const settingsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    environment: {
      type: 'string',
      enum: ['production', 'sandbox'],
      default: 'production',
      title: 'Environment',
      description: 'The sandbox has accounts, keys and a RuName of its own.',
    },
    notifications: {
      type: 'array',
      items: { type: 'string', enum: [ORDER_CONFIRMATION, ITEM_MARKED_SHIPPED] },
      default: [ORDER_CONFIRMATION, ITEM_MARKED_SHIPPED],
      title: 'Notifications',
      description: 'What the hub subscribes to. Leave out what eBay does not grant to the app.',
    },
    alertEmail: {
      type: 'string',
      format: 'email',
      title: 'Alert address',
      description:
        'Where eBay writes when it can no longer deliver; eBay wants one before the first subscription.',
    },
    pollSeconds: {
      type: 'integer',
      minimum: 60,
      default: 600,
      title: 'Poll interval',
      description: 'Seconds between two looks at changed orders.',
    },
    pollFrom: {
      type: 'string',
      format: 'date-time',
      title: 'Poll from',
      description:
        'The first poll leaves out what changed before this. Without it: the last 90 days. eBay gives no more than two years.',
    },
    mapping: {
      anyOf: [{ type: 'string' }, { type: 'object', additionalProperties: { type: 'string' } }],
      title: 'Outgoing mapping',
      description:
        'Id of the mapping that shipments or stock pass before they are sent, or one id per resource.',
    },
    apiBaseUrl: {
      type: 'string',
      format: 'uri',
      title: 'API address',
      description: 'Only for simulators and tests; without it, that of the environment.',
    },
  },
} as const satisfies JsonSchema

type Settings = Readonly<Record<string, unknown>>

const isSandbox = ({ environment }: Settings): boolean => environment === 'sandbox'

/** One host for all APIs that the hub uses, the token endpoint among them. */
export const apiBaseUrlOf = (settings: Settings): string =>
  String(
    settings['apiBaseUrl'] ?? (isSandbox(settings) ? 'https://api.sandbox.ebay.com' : 'https://api.ebay.com'),
  ).replace(/\/+$/, '')

export const consentUrlOf = (settings: Settings): string =>
  isSandbox(settings)
    ? 'https://auth.sandbox.ebay.com/oauth2/authorize'
    : 'https://auth.ebay.com/oauth2/authorize'

export const TOKEN_PATH = '/identity/v1/oauth2/token'

export const tokenUrlOf = (settings: Settings): string => `${apiBaseUrlOf(settings)}${TOKEN_PATH}`

/** The connection's settings with their defaults; they were validated against the schema before. */
export function ebaySettings({ settings }: Pick<ConnectionView, 'settings'>) {
  const known = settingsOf(settingsSchema, { settings })
  return {
    ...known,
    apiBaseUrl: apiBaseUrlOf(settings),
    pollFromMs: known.pollFrom ? (parseInstant(known.pollFrom)?.ms ?? null) : null,
  }
}
