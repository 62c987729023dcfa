import { type ConnectionView, type JsonSchema, parseInstant, settingsOf } from '../../sdk/index.ts'
import { CONSENT_HOSTS, REGIONS } from './regions.ts'

export const settingsSchema = {
  type: 'object',
  required: ['region', 'marketplaceIds'],
  additionalProperties: false,
  properties: {
    region: {
      type: 'string',
      enum: REGIONS,
      title: 'Region',
      description:
        'Region of the seller account: na (Americas), eu (Europe, Middle East, India), fe (Far East).',
    },
    marketplaceIds: {
      type: 'array',
      minItems: 1,
      maxItems: 50,
      items: { type: 'string', pattern: '^[A-Z0-9]{10,15}$' },
      title: 'Marketplaces',
      description: 'Ids of the marketplaces to work with, as in ATVPDKIKX0DER (Amazon.com).',
    },
    sellerId: {
      type: 'string',
      pattern: '^[A-Z0-9]{8,20}$',
      title: 'Seller id',
      description: 'Merchant token of the account. Consent brings it; needed for stock.',
    },
    applicationId: {
      type: 'string',
      pattern: '^amzn1\\.sp\\.solution\\.',
      title: 'Application id',
      description: 'Id of the app in Solution Provider Portal; needed for the consent page.',
    },
    consentHost: {
      type: 'string',
      pattern: '^sellercentral[a-z0-9.-]*\\.amazon\\.[a-z.]+$',
      title: 'Seller Central',
      description:
        'Host of the consent page where it is not the usual one of the region (a country of its own).',
    },
    draftApp: {
      type: 'boolean',
      default: false,
      title: 'Draft app',
      description: 'The app is not published yet: consent asks with version=beta.',
    },
    ordersApi: {
      type: 'string',
      enum: ['2026-01-01', 'v0'],
      default: '2026-01-01',
      title: 'Orders API',
      description: 'Version of the Orders API that reads orders. v0 is deprecated.',
    },
    orderLagSeconds: {
      type: 'integer',
      minimum: 120,
      default: 180,
      title: 'Order lag',
      description: 'Orders are polled up to this long ago; Amazon refuses less than two minutes.',
    },
    pollFrom: {
      type: 'string',
      format: 'date-time',
      title: 'Poll from',
      description: 'First polls leave out what changed before this. Without it: the last 30 days.',
    },
    queueUrl: {
      type: 'string',
      format: 'uri',
      title: 'Notification queue',
      description:
        'Address of the SQS queue that Amazon sends notifications to; its policy must let Amazon’s account send.',
    },
    queueEndpoint: {
      type: 'string',
      format: 'uri',
      title: 'Queue endpoint',
      description: 'Only for simulators and private endpoints; without it, the host of the queue’s address.',
    },
    externalFulfilment: {
      type: 'string',
      enum: ['on'],
      title: 'External fulfilment',
      description: '`on`: returns of External Fulfilment (Seller Flex) are polled.',
    },
    fbaStock: {
      type: 'string',
      enum: ['on'],
      title: 'FBA stock',
      description: '`on`: stock in Amazon’s fulfilment network is polled.',
    },
    mapping: {
      anyOf: [{ type: 'string' }, { type: 'object', additionalProperties: { type: 'string' } }],
      title: 'Outgoing mapping',
      description:
        'Id of the mapping that shipments or stock pass before they are sent, or one id per resource.',
    },
    sandbox: {
      type: 'boolean',
      default: false,
      title: 'Sandbox',
      description: 'Calls go to the sandbox of the region.',
    },
    apiBaseUrl: {
      type: 'string',
      format: 'uri',
      title: 'API address',
      description: 'Only for simulators and tests; without it, the host of the region.',
    },
    loginUrl: {
      type: 'string',
      format: 'uri',
      title: 'Token address',
      description: 'Only for simulators and tests; without it, Login with Amazon.',
    },
  },
} as const satisfies JsonSchema

type Settings = Readonly<Record<string, unknown>>

export const LOGIN = 'https://api.amazon.com/auth/o2/token'

export const tokenUrl = (settings: Settings): string => String(settings['loginUrl'] ?? LOGIN)

/** https://developer-docs.amazon.com/sp-api/docs/website-authorization-workflow */
export function consentUrl(settings: Settings): string {
  const region = settings['region'] as keyof typeof CONSENT_HOSTS
  const url = new URL(
    `https://${String(settings['consentHost'] ?? CONSENT_HOSTS[region])}/apps/authorize/consent`,
  )
  url.searchParams.set('application_id', String(settings['applicationId'] ?? ''))
  if (settings['draftApp'] === true) url.searchParams.set('version', 'beta')
  return url.href
}

export type AmazonSettings = ReturnType<typeof amazonSettings>

/** The connection's settings with their defaults; they were validated against the schema before. */
export function amazonSettings(connection: Pick<ConnectionView, 'settings'>) {
  const settings = settingsOf(settingsSchema, connection)
  return { ...settings, pollFromMs: settings.pollFrom ? (parseInstant(settings.pollFrom)?.ms ?? null) : null }
}
