import { type ConnectionView, type JsonSchema, settingsOf } from '../../sdk/index.ts'

export const settingsSchema = {
  type: 'object',
  required: ['channelId'],
  additionalProperties: false,
  properties: {
    channelId: {
      type: 'integer',
      minimum: 1,
      title: 'Channel',
      description: 'Id of the channel whose scopes end in _write; it may create orders.',
    },
    shippingMethod: {
      type: 'string',
      minLength: 1,
      default: 'Standard',
      title: 'Shipping method',
      description: 'For orders whose own method has no entry in the table shippingMethod of the mapping.',
    },
    mapping: {
      type: 'object',
      additionalProperties: { type: 'string' },
      default: { order: 'fulfilment/shipbob/order-out' },
      title: 'Outgoing mapping',
      description: 'Per resource, what makes the partner’s body of the canonical document.',
    },
    pollSeconds: {
      type: 'integer',
      minimum: 60,
      default: 900,
      title: 'Poll interval',
      description: 'Seconds between two looks at changed orders, returns and stock.',
    },
    pollFrom: {
      type: 'string',
      format: 'date-time',
      title: 'Poll from',
      description: 'The first poll leaves out orders that last changed before this.',
    },
    apiBaseUrl: {
      type: 'string',
      format: 'uri',
      default: 'https://api.shipbob.com',
      title: 'API address',
      description: 'https://sandbox-api.shipbob.com for the sandbox.',
    },
  },
} as const satisfies JsonSchema

export const shipbobSettings = (connection: Pick<ConnectionView, 'settings'>) =>
  settingsOf(settingsSchema, connection)
