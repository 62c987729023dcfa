import { type ConnectionView, type JsonSchema, settingsOf } from '../../sdk/index.ts'

export const settingsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    pollDays: {
      type: 'integer',
      minimum: 1,
      maximum: 90,
      default: 30,
      title: 'Days to look back',
      description: 'Trackers younger than this are read again by every poll, for what webhooks missed.',
    },
    pollSeconds: {
      type: 'integer',
      minimum: 300,
      default: 21_600,
      title: 'Poll interval',
      description: 'Seconds between two looks at the trackers; each look is one call per 100 of them.',
    },
    apiBaseUrl: {
      type: 'string',
      format: 'uri',
      default: 'https://api.easypost.com',
      title: 'API address',
      description: 'The same for production and test: the key decides.',
    },
  },
} as const satisfies JsonSchema

export const easypostSettings = (connection: Pick<ConnectionView, 'settings'>) =>
  settingsOf(settingsSchema, connection)
