import { type ConnectionView, type JsonSchema, parseInstant, settingsOf } from '../../sdk/index.ts'

export const settingsSchema = {
  type: 'object',
  required: ['shopUrl'],
  additionalProperties: false,
  properties: {
    shopUrl: {
      type: 'string',
      title: 'Shop address',
      description: 'The “Site Address” of WordPress (Settings → General), as in https://shop.example.',
      pattern: '^https://[^\\s?#]+$',
    },
    apiBaseUrl: {
      type: 'string',
      format: 'uri',
      title: 'API address',
      description:
        'Where /wp-json is, if not at the shop address: WordPress in a folder of its own, simulators, tests.',
    },
    keysIn: {
      type: 'string',
      enum: ['header', 'query'],
      default: 'header',
      title: 'Where the keys stand',
      description:
        '`query` for hosts that take the Authorization header away; the keys then stand in their access logs.',
    },
    pollSeconds: {
      type: 'integer',
      minimum: 10,
      default: 300,
      title: 'Poll interval',
      description:
        'Seconds between two looks. WooCommerce never repeats a failed webhook: only the poll finds it.',
    },
    overlapSeconds: {
      type: 'integer',
      minimum: 0,
      default: 120,
      title: 'Poll overlap',
      description: 'Seconds before the last change seen that are read again: a slow checkout is saved late.',
    },
    pollFrom: {
      type: 'string',
      format: 'date-time',
      title: 'Poll from',
      description: 'The first poll leaves out what last changed before this. Without it: everything.',
    },
    callsPerSecond: {
      type: 'number',
      exclusiveMinimum: 0,
      maximum: 50,
      default: 5,
      title: 'Calls a second',
      description:
        'WooCommerce has no limit of its own, but its host has one: a small shop is slow already at five.',
    },
    weightUnit: {
      type: 'string',
      enum: ['kg', 'g', 'lb', 'oz'],
      title: 'Weight unit',
      description:
        'That of WooCommerce → Settings → Products: products do not name it. Without it: no weights.',
    },
    trackingBy: {
      type: 'string',
      enum: ['plugin', 'note'],
      default: 'plugin',
      title: 'How tracking is written',
      description:
        '`plugin`: as the Shipment Tracking extension keeps it. `note`: a note to the customer, mailed by the shop.',
    },
    completeOrders: {
      type: 'boolean',
      default: true,
      title: 'Complete shipped orders',
      description: 'An order of which all units are shipped becomes “completed”.',
    },
  },
} as const satisfies JsonSchema

/** Without a slash at the end. */
export const shopUrlOf = ({ shopUrl }: Readonly<Record<string, unknown>>): string =>
  String(shopUrl).replace(/\/+$/, '')

export const wooSettings = (connection: ConnectionView) => {
  const { apiBaseUrl, overlapSeconds, pollFrom, ...rest } = settingsOf(settingsSchema, connection)
  return {
    ...rest,
    apiBaseUrl: (apiBaseUrl ?? shopUrlOf(connection.settings)).replace(/\/+$/, ''),
    overlapMs: overlapSeconds * 1_000,
    pollFrom: parseInstant(pollFrom ?? '')?.ms ?? null,
  }
}

/** Consumer key and secret; null for a connection that only receives. */
export function keysOf({ secrets }: ConnectionView): { key: string; secret: string } | null {
  const [key, secret] = [secrets['consumerKey']?.[0], secrets['consumerSecret']?.[0]]
  return key && secret ? { key, secret } : null
}
