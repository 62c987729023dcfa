import { type ConnectionView, type JsonSchema, settingsOf } from '../../sdk/index.ts'

const account = (title: string, description: string) =>
  ({ type: 'string', minLength: 1, maxLength: 20, title, description }) as const

/** An API of an extension: publisher, group and version. */
const CUSTOM_API = '^[A-Za-z0-9_]+/[A-Za-z0-9_]+/v\\d+\\.\\d+/[A-Za-z0-9_]+$'

export const settingsSchema = {
  type: 'object',
  required: ['tenantId', 'companyId'],
  additionalProperties: false,
  properties: {
    tenantId: {
      type: 'string',
      pattern: '^[A-Za-z0-9.-]+$',
      title: 'Directory',
      description: 'Microsoft Entra tenant: its id or its domain.',
    },
    environment: {
      type: 'string',
      pattern: '^[A-Za-z0-9_-]+$',
      default: 'Production',
      title: 'Environment',
      description: 'As the admin center names it.',
    },
    companyId: {
      type: 'string',
      pattern: '^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$',
      title: 'Company',
      description: 'Id of the company; a failing probe lists those that the app sees.',
    },
    customerNumber: account(
      'Customer',
      'One customer for all orders. Without it, customers are found by e-mail address, or made.',
    ),
    shippingAccount: account('Shipping account', 'G/L account of what buyers pay for shipping.'),
    feeAccount: account('Fee account', 'G/L account of tips, gift wrap and other fees.'),
    discountAccount: account(
      'Discount account',
      'G/L account of discounts that the channel did not spread over lines.',
    ),
    adjustmentAccount: account(
      'Adjustment account',
      'G/L account of refunded money that belongs to no goods and no shipping.',
    ),
    stockLocation: {
      type: 'string',
      minLength: 1,
      default: 'all',
      title: 'Stock location',
      description:
        'What the place of the stock is called: Business Central’s own API tells one figure per item.',
    },
    stockApi: {
      type: 'string',
      pattern: CUSTOM_API,
      title: 'Stock API',
      description: 'API page of an extension with stock per location: publisher/group/v1.0/entitySet.',
    },
    shipmentApi: {
      type: 'string',
      pattern: CUSTOM_API,
      title: 'Shipment API',
      description: 'API page of an extension with posted shipments and their tracking numbers.',
    },
    mapping: {
      type: 'object',
      additionalProperties: { type: 'string' },
      default: {
        order: 'erp/business-central/order-out',
        return: 'erp/business-central/return-out',
        shipment: 'erp/business-central/shipment-out',
      },
      title: 'Outgoing mapping',
      description: 'Per resource, what makes Business Central’s document of the canonical one.',
    },
    pollSeconds: {
      type: 'integer',
      minimum: 60,
      default: 900,
      title: 'Poll interval',
      description: 'Seconds between two looks at changed items, stock and posted shipments.',
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
      default: 'https://api.businesscentral.dynamics.com',
      title: 'API address',
      description: 'Another one for a national cloud or a server of your own.',
    },
    loginBaseUrl: {
      type: 'string',
      format: 'uri',
      default: 'https://login.microsoftonline.com',
      title: 'Sign-in address',
      description: 'Where Microsoft Entra gives tokens.',
    },
  },
} as const satisfies JsonSchema

export const bcSettings = (connection: Pick<ConnectionView, 'settings'>) =>
  settingsOf(settingsSchema, connection)
