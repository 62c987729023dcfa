import type { JsonSchema } from '../../contracts/connector.ts'
import { REGISTER } from '../../errors/register.ts'
import { RESOURCES } from '../source/read-mapping.ts'

export const DIALECT = 'https://json-schema.org/draft/2020-12/schema'

const expression = (description: string): JsonSchema => ({ type: 'string', minLength: 1, description })

const SKIP_CODES = Object.entries(REGISTER)
  .filter(([, row]) => row.recovery === 'skip')
  .map(([code]) => code)

/** Keys that a mapping and an overlay share. */
export const SHARED: Readonly<Record<string, JsonSchema>> = {
  version: {
    type: 'integer',
    minimum: 1,
    description: 'Raised with each change; stored with every document.',
  },
  for: {
    description: 'Whom it is for; absent: everybody.',
    type: 'object',
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 1,
    properties: {
      tenant: { type: 'string', minLength: 1, description: 'Id of a tenant.' },
      connection: { type: 'string', minLength: 1, description: 'Id of a connection.' },
    },
  },
  skip: {
    description: 'Where this holds, the record is skipped and counted.',
    anyOf: [
      expression('A JSONata expression; the reason is SOURCE_SKIPPED.'),
      {
        type: 'object',
        additionalProperties: false,
        required: ['expression', 'reason'],
        properties: {
          expression: expression('A JSONata expression.'),
          reason: { enum: SKIP_CODES, description: 'Code with which the record is counted.' },
        },
      },
    ],
  },
  identity: expression('The id of the entity at the partner; required of every record.'),
  number: expression('What people call it: the number of an order.'),
  revision: expression('The source’s clock: an RFC 3339 time or a number. The newest wins.'),
  dependsOn: {
    description: 'Documents that have to be at the destination before this one.',
    type: 'array',
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['resource'],
      oneOf: [{ required: ['externalId'] }, { anyOf: [{ required: ['linkId'] }, { required: ['key'] }] }],
      properties: {
        resource: { enum: [...RESOURCES], description: 'What it depends on.' },
        externalId: expression('The id of the other entity at the partner; absent: no dependency.'),
        linkId: expression('The id under which the hub wrote the other entity to this partner.'),
        key: expression('The key or the number of the other entity, as the hub gave it to this partner.'),
      },
    },
  },
}

/** `nullable`: an overlay takes away with `null`. */
export const letSchema = (nullable: boolean): JsonSchema => ({
  description: 'Evaluated in order once a record; read as `$name` in every expression below.',
  type: 'object',
  additionalProperties: orNull({ $ref: '#/$defs/expression' }, nullable),
})

export const tablesSchema = (nullable: boolean): JsonSchema => ({
  description:
    'Lookup tables for `$table(name, value)`: values of the source as text → values of the document.',
  type: 'object',
  additionalProperties: orNull(
    {
      description: 'The entry `*` answers for every other value; without it a new value parks the message.',
      type: 'object',
      additionalProperties: orNull({ type: ['string', 'number', 'boolean'] }, nullable),
    },
    nullable,
  ),
})

export const orNull = (schema: JsonSchema, nullable: boolean): JsonSchema =>
  nullable ? { anyOf: [schema, { type: 'null', description: 'Takes it away.' }] } : schema
