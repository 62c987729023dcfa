import { type ConnectionView, type JsonSchema, type SettingsOf, settingsOf } from '../../sdk/index.ts'

const code = (title: string, description: string) =>
  ({ type: 'string', minLength: 1, title, description }) as const

export const settingsSchema = {
  type: 'object',
  required: ['baseUrl'],
  additionalProperties: false,
  properties: {
    baseUrl: {
      type: 'string',
      format: 'uri',
      pattern: '^https?://',
      title: 'Address',
      description: 'Of the Odoo server, without a path: https://acme.odoo.com.',
    },
    db: code('Database', 'Needed where the server has several.'),
    company: code('Company', 'By its name, where the user sees several; else the user’s own.'),
    warehouse: code('Warehouse', 'Short code of the warehouse that ships; else the company’s first.'),
    salesTeam: code('Sales team', 'By its name; else what Odoo chooses.'),
    confirm: {
      type: 'boolean',
      default: true,
      title: 'Confirm orders',
      description: 'False: they stay quotations until somebody confirms them in Odoo.',
    },
    pricelists: {
      type: 'object',
      additionalProperties: { type: 'string' },
      default: {},
      title: 'Pricelists',
      description: 'Currency → name of the pricelist; else the only one in that currency.',
    },
    products: {
      type: 'object',
      additionalProperties: false,
      default: {},
      title: 'Products of what is no article',
      description:
        'Internal references of service products. What an order needs and is not named here parks it.',
      properties: {
        shipping: code('Shipping', 'Delivery charges.'),
        discount: code(
          'Discount',
          'What is taken off, as a line of its own: to the cent, where a percentage would not be.',
        ),
        fee: code('Fees', 'Tips, gift wrap and other money on top.'),
        duty: code('Duties', 'Import duties; else the product of fees.'),
        giftCard: code('Gift cards', 'Gift cards sold without a SKU.'),
        unmapped: code('Without a SKU', 'Lines that the channel sells without a SKU.'),
        tax: code(
          'Tax',
          'Tax that no tax of Odoo computes: that of `taxes: lines`, and what a marketplace pays itself.',
        ),
        adjustment: code('Adjustments', 'Money paid back for no article; else the product of discounts.'),
        rounding: code('Rounding', 'The cents by which Odoo rounds otherwise than the channel.'),
      },
    },
    carriers: {
      type: 'object',
      additionalProperties: { type: 'string' },
      default: {},
      title: 'Carriers',
      description: 'Shipping as the channel names it → delivery method of Odoo, by name.',
    },
    taxes: {
      enum: ['rates', 'lines'],
      default: 'rates',
      title: 'Taxes',
      description:
        'rates: every rate is a tax of Odoo. lines: the channel’s tax is a line of its own, untaxed otherwise.',
    },
    taxRates: {
      type: 'object',
      additionalProperties: { type: 'string' },
      default: {},
      title: 'Tax of each rate',
      description:
        'Rate in per cent (`8.25`; `20 included` where prices have it) → name of the sales tax; else the only one with that rate.',
    },
    invoice: {
      enum: ['never', 'onDelivery', 'onOrder'],
      default: 'never',
      title: 'Invoices',
      description:
        'When the hub invoices in Odoo. onOrder: once the order is confirmed; what Odoo’s policy keeps until delivery, once it has left. onDelivery: once goods have left. Both: before the first refund at the latest. never: somebody there does.',
    },
    validateReturns: {
      type: 'boolean',
      default: true,
      title: 'Validate returns',
      description: 'False: goods that come back wait in Odoo for somebody to count them.',
    },
    roundingLimit: {
      type: 'string',
      pattern: '^\\d+(\\.\\d+)?$',
      default: '0.05',
      title: 'Most that is rounded',
      description: 'A greater difference between Odoo’s total and the channel’s parks the order.',
    },
    mapping: {
      type: 'object',
      additionalProperties: { type: 'string' },
      default: {
        order: 'erp/odoo/order-out',
        shipment: 'erp/odoo/shipment-out',
        return: 'erp/odoo/return-out',
      },
      title: 'Outgoing mapping',
      description: 'Per resource, what makes Odoo’s fields of the canonical document.',
    },
    pollFrom: {
      type: 'string',
      format: 'date-time',
      title: 'Poll from',
      description: 'The first poll leaves out what changed before; else everything is read.',
    },
    pollSeconds: {
      type: 'integer',
      minimum: 10,
      default: 60,
      title: 'Poll interval',
      description: 'Seconds between two looks at what changed in Odoo.',
    },
    timeoutMs: {
      type: 'integer',
      minimum: 1_000,
      maximum: 300_000,
      default: 60_000,
      title: 'Time limit',
      description: 'Milliseconds for one call; Odoo itself tries a conflicting one for up to half a minute.',
    },
  },
} as const satisfies JsonSchema

type Named = Readonly<Record<string, string>>

/** Maps with free keys, which the schema's type does not know. */
export type OdooSettings = SettingsOf<typeof settingsSchema> & {
  readonly pricelists: Named
  readonly carriers: Named
  readonly taxRates: Named
}

export const odooSettings = (connection: Pick<ConnectionView, 'settings'>): OdooSettings =>
  settingsOf(settingsSchema, connection) as OdooSettings
