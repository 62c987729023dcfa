import type { JsonSchema } from '#core/contracts/connector.ts'

const text = { type: 'string' }
const list = (properties: JsonSchema, required: string[]): JsonSchema => ({
  type: 'array',
  items: object(properties, required),
})
const object = (properties: JsonSchema, required: string[] = []): JsonSchema => ({
  type: 'object',
  required,
  properties,
  additionalProperties: false,
})

/** The document that the benchmark's mapping makes: as strict as a canonical schema, but its own, so that the figures stay comparable. */
export const orderSchema: JsonSchema = object(
  {
    ...Object.fromEntries(
      'number channel placedAt updatedAt utcOffset currency paymentStatus fulfilmentStatus email phone note shipping shippingMethod'
        .split(' ')
        .map(name => [name, text]),
    ),
    taxesIncluded: { type: 'boolean' },
    test: { type: 'boolean' },
    tags: { type: 'array', items: text },
    customer: object({ externalId: text, name: text, email: text }),
    shippingAddress: object(
      Object.fromEntries(
        'name line1 line2 city postalCode province country phone'.split(' ').map(name => [name, text]),
      ),
    ),
    lines: list(
      {
        ...Object.fromEntries(
          'externalId sku title variant unitPrice discount total'.split(' ').map(name => [name, text]),
        ),
        quantity: { type: 'integer' },
        taxes: list({ title: text, rate: { type: 'number' }, amount: text }, ['amount']),
      },
      ['externalId', 'title', 'quantity', 'unitPrice', 'total'],
    ),
    totals: object({ lines: text, discounts: text, tax: text, total: text }, ['total']),
  },
  ['number', 'channel', 'placedAt', 'currency', 'taxesIncluded', 'lines', 'totals'],
)
