import { type ConnectionView, type JsonSchema, parseInstant, settingsOf } from '../../sdk/index.ts'

export const settingsSchema = {
  type: 'object',
  required: ['storeHash'],
  additionalProperties: false,
  properties: {
    storeHash: {
      type: 'string',
      title: 'Store',
      description:
        'The store hash, as in https://api.bigcommerce.com/stores/{hash}/v3/. Leave it out for “Connect”, which fills it in.',
      pattern: '^(stores/)?[A-Za-z0-9_-]+$',
    },
    apiBaseUrl: {
      type: 'string',
      format: 'uri',
      title: 'API address',
      description: 'In place of https://api.bigcommerce.com: simulators, tests.',
    },
    pollSeconds: {
      type: 'integer',
      minimum: 30,
      title: 'Poll interval',
      description: 'Seconds between two looks at what changed, in place of those of the connector.',
    },
    overlapSeconds: {
      type: 'integer',
      minimum: 0,
      default: 120,
      title: 'Poll overlap',
      description: 'Seconds before the last change seen that are read again: lists lag behind.',
    },
    pollFrom: {
      type: 'string',
      format: 'date-time',
      title: 'Poll from',
      description: 'The first poll leaves out what last changed before this. Without it: everything.',
    },
    locationId: {
      type: 'integer',
      minimum: 1,
      default: 1,
      title: 'Stock location',
      description:
        'Location whose stock the hub sets, where a stock figure names none; 1 is the default one.',
    },
    weightUnit: {
      type: 'string',
      enum: ['kg', 'g', 'lb', 'oz'],
      title: 'Weight unit',
      description: 'That of Settings → Store profile: products do not name it. Without it: no weights.',
    },
    completeOrders: {
      type: 'boolean',
      default: false,
      title: 'Complete shipped orders',
      description: 'An order of which all units are shipped becomes “Completed”; else it stays “Shipped”.',
    },
  },
} as const satisfies JsonSchema

const API = 'https://api.bigcommerce.com'
const LOGIN = 'https://login.bigcommerce.com'

type Settings = Readonly<Record<string, unknown>>

/** `stores/{hash}`, as webhooks and OAuth name a store; the callback of “Connect” gives it in this form. */
export const storeOf = ({ storeHash }: Settings): string =>
  `stores/${String(storeHash ?? '').replace(/^stores\//, '')}`

export const loginOf = ({ apiBaseUrl }: Settings): string => withoutSlash(apiBaseUrl, LOGIN)

const withoutSlash = (url: unknown, otherwise: string): string =>
  (typeof url === 'string' ? url : otherwise).replace(/\/+$/, '')

export const bigcommerceSettings = (connection: Pick<ConnectionView, 'settings'>) => {
  const { overlapSeconds, pollFrom, apiBaseUrl, ...rest } = settingsOf(settingsSchema, connection)
  return {
    ...rest,
    baseUrl: `${withoutSlash(apiBaseUrl, API)}/${storeOf(connection.settings)}`,
    overlapMs: overlapSeconds * 1_000,
    pollFrom: parseInstant(pollFrom ?? '')?.ms ?? null,
  }
}
