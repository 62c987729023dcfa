import { type ConnectionView, type JsonSchema, settingsOf } from '../../sdk/index.ts'

export const settingsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    merchantId: {
      type: 'string',
      minLength: 1,
      title: 'Merchant',
      description:
        'Id of the Square merchant. Square sends the events of every merchant of an app to every subscription: with it, those of others are left out.',
    },
    polledLocations: {
      type: 'array',
      items: { type: 'string', minLength: 1 },
      title: 'Polled locations',
      description: 'Ids of the Square locations whose orders are polled; all of them unless given.',
    },
    locations: {
      type: 'object',
      additionalProperties: { type: 'string', minLength: 1 },
      title: 'Locations',
      description: 'Place of pushed stock (its id, code or name) → id of the Square location.',
    },
    locationId: {
      type: 'string',
      minLength: 1,
      title: 'Location',
      description:
        'Square location for stock whose place `locations` does not name. Not needed where the merchant has one.',
    },
    skus: {
      type: 'boolean',
      default: true,
      title: 'Look up SKUs',
      description: 'Orders and counts of Square name catalog ids only; the SKUs are asked of the catalogue.',
    },
    pollSeconds: {
      type: 'integer',
      minimum: 60,
      default: 600,
      title: 'Poll interval',
      description: 'Seconds between two looks at what changed.',
    },
    pollFrom: {
      type: 'string',
      format: 'date-time',
      title: 'Poll from',
      description: 'The first poll leaves out what last changed before this.',
    },
    apiBaseUrl: {
      type: 'string',
      format: 'uri',
      default: 'https://connect.squareup.com',
      title: 'API address',
      description: 'https://connect.squareupsandbox.com for the sandbox.',
    },
  },
} as const satisfies JsonSchema

export const squareSettings = (connection: Pick<ConnectionView, 'settings'>) =>
  settingsOf(settingsSchema, connection)
