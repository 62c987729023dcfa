import { type ConnectionView, type JsonSchema, settingsOf } from '../../sdk/index.ts'

const internalId = (title: string, description: string) =>
  ({ type: 'string', pattern: '^[0-9]+$', title, description }) as const

const itemName = (title: string, description: string) =>
  ({ type: 'string', minLength: 1, title, description }) as const

export const settingsSchema = {
  type: 'object',
  required: ['accountId'],
  additionalProperties: false,
  properties: {
    accountId: {
      type: 'string',
      pattern: '^[A-Za-z0-9_-]+$',
      title: 'Account id',
      description: 'As in Setup › Company › Company Information, for example 1234567 or 1234567_SB1.',
    },
    skuField: {
      enum: ['itemid', 'externalid', 'upccode'],
      default: 'itemid',
      title: 'SKU field',
      description: 'Field of the item that holds the SKU of the channels.',
    },
    shippingItem: itemName('Shipping item', 'Name of the item for what buyers pay for shipping.'),
    discountItem: itemName('Discount item', 'Name of the item for discounts of a whole order.'),
    feeItem: itemName('Fee item', 'Name of the item for tips, duties and other fees.'),
    taxItem: itemName(
      'Tax item',
      'Name of the item for the tax that the channel charged. Without it NetSuite computes the tax itself.',
    ),
    taxCode: internalId(
      'Tax code',
      'Internal id of the tax code of every line, where the tax is a line of its own.',
    ),
    customer: internalId(
      'Customer',
      'Internal id of one customer for all orders; without it, each buyer is matched by e-mail or made.',
    ),
    subsidiary: internalId('Subsidiary', 'Internal id of the subsidiary (OneWorld).'),
    location: internalId('Location', 'Internal id of the location that orders are taken from.'),
    approve: {
      type: 'boolean',
      default: false,
      title: 'Approve orders',
      description: 'Releases an order for fulfilment once its total is the channel’s.',
    },
    returnsAs: {
      enum: ['returnAuthorization', 'creditMemo', 'cashRefund'],
      default: 'returnAuthorization',
      title: 'Returns become',
      description: 'A return authorisation alone, or a credit memo or cash refund made of it.',
    },
    timeZone: {
      type: 'string',
      minLength: 1,
      default: 'America/Los_Angeles',
      title: 'Time zone',
      description: 'IANA name of the time zone in the preferences of the integration’s user.',
    },
    mapping: {
      type: 'object',
      additionalProperties: { type: 'string' },
      default: {
        order: 'erp/netsuite/order-out',
        shipment: 'erp/netsuite/shipment-out',
        return: 'erp/netsuite/return-out',
      },
      title: 'Outgoing mapping',
      description: 'Per resource, what makes the record’s body of the canonical document.',
    },
    pollSeconds: {
      type: 'integer',
      minimum: 60,
      default: 900,
      title: 'Poll interval',
      description: 'Seconds between two looks at items, stock and fulfilments.',
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
      title: 'API address',
      description: 'Only where it is not <account>.suitetalk.api.netsuite.com.',
    },
  },
} as const satisfies JsonSchema

export const netsuiteSettings = (connection: Pick<ConnectionView, 'settings'>) =>
  settingsOf(settingsSchema, connection)

/** `1234567_SB1` is called `1234567-sb1` in host names. */
export function addressOf(settings: Readonly<Record<string, unknown>>): string {
  const { accountId, apiBaseUrl } = netsuiteSettings({ settings })
  const host = accountId.toLowerCase().replaceAll('_', '-')
  return (apiBaseUrl ?? `https://${host}.suitetalk.api.netsuite.com`).replace(/\/+$/, '')
}
