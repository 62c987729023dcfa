import { type ConnectionView, type JsonSchema, settingsOf } from '../../sdk/index.ts'

export const settingsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    fetchHistory: {
      type: 'boolean',
      default: true,
      title: 'Fetch the history',
      description:
        'Asks the Track API for all scans when an alert arrives: alerts tell only of what happens after the subscription.',
    },
    locale: {
      type: 'string',
      pattern: '^[a-z]{2}_[A-Z]{2}$',
      default: 'en_US',
      title: 'Language of the texts',
      description: 'Language and country, as in en_US.',
    },
    countryCode: {
      type: 'string',
      pattern: '^[A-Z]{2}$',
      default: 'US',
      title: 'Country',
      description: 'Of the account.',
    },
    transactionSource: {
      type: 'string',
      minLength: 1,
      maxLength: 100,
      default: 'crossdock',
      title: 'Name of the caller',
      description: 'Stands in UPS’s records beside every call.',
    },
    apiBaseUrl: {
      type: 'string',
      format: 'uri',
      default: 'https://onlinetools.ups.com',
      title: 'API address',
      description: 'https://wwwcie.ups.com for the customer integration environment.',
    },
  },
} as const satisfies JsonSchema

export const upsSettings = (connection: Pick<ConnectionView, 'settings'>) =>
  settingsOf(settingsSchema, connection)

/** Without a slash at its end. */
export const upsHost = (settings: ConnectionView['settings']): string =>
  upsSettings({ settings }).apiBaseUrl.replace(/\/+$/, '')
