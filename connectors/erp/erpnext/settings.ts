import { type ConnectionView, type JsonSchema, settingsOf } from '../../sdk/index.ts'

const named = (title: string, description: string) =>
  ({ type: 'string', minLength: 1, title, description }) as const

export const settingsSchema = {
  type: 'object',
  required: ['baseUrl', 'company'],
  additionalProperties: false,
  properties: {
    baseUrl: {
      type: 'string',
      format: 'uri',
      pattern: '^https?://',
      title: 'Address',
      description: 'The site, for example https://acme.erpnext.com.',
    },
    company: named('Company', 'Name of the company that sells.'),
    keyField: {
      type: 'string',
      pattern: '^[a-z][a-z0-9_]*$',
      default: 'custom_hub_key',
      title: 'Key field',
      description:
        'Custom field, unique, that holds the hub’s key of a document; `probe` says where it is missing.',
    },
    submit: {
      type: 'boolean',
      default: true,
      title: 'Submit documents',
      description: 'Submits a document once its total is the channel’s; otherwise it stays a draft.',
    },
    warehouse: named('Warehouse', 'Warehouse that orders are taken from; without it, that of the item.'),
    customer: named(
      'Customer',
      'One customer for all orders; without it, each buyer is matched by e-mail or made.',
    ),
    customerGroup: {
      ...named('Customer group', 'Group of customers that the hub makes.'),
      default: 'Individual',
    },
    territory: {
      ...named('Territory', 'Territory of customers that the hub makes.'),
      default: 'All Territories',
    },
    shippingAccount: named('Shipping account', 'Account head for what buyers pay for shipping.'),
    feeAccount: named('Fee account', 'Account head for tips, duties and other fees.'),
    taxAccount: named(
      'Tax account',
      'Account head for the tax that the channel charged. Without it ERPNext computes the tax itself.',
    ),
    returnsAs: {
      enum: ['creditNote', 'deliveryNote'],
      default: 'creditNote',
      title: 'Returns become',
      description: 'A credit note (sales invoice), or a return against the delivery note of the order.',
    },
    timeZone: {
      type: 'string',
      minLength: 1,
      default: 'UTC',
      title: 'Time zone',
      description: 'IANA name of the time zone in the site’s system settings.',
    },
    mapping: {
      type: 'object',
      additionalProperties: { type: 'string' },
      default: {
        order: 'erp/erpnext/order-out',
        shipment: 'erp/erpnext/shipment-out',
        return: 'erp/erpnext/return-out',
      },
      title: 'Outgoing mapping',
      description: 'Per resource, what makes the document of the canonical one.',
    },
    pollSeconds: {
      type: 'integer',
      minimum: 60,
      default: 600,
      title: 'Poll interval',
      description: 'Seconds between two looks at items, stock and delivery notes.',
    },
    pollFrom: {
      type: 'string',
      format: 'date-time',
      title: 'Poll from',
      description: 'The first poll leaves out what last changed before this.',
    },
  },
} as const satisfies JsonSchema

export const erpnextSettings = (connection: Pick<ConnectionView, 'settings'>) =>
  settingsOf(settingsSchema, connection)
