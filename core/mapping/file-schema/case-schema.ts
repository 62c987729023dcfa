import type { JsonSchema } from '../../contracts/connector.ts'
import { RESOURCES } from '../source/read-mapping.ts'
import { DIALECT } from './parts.ts'

const text = (description: string): JsonSchema => ({ type: 'string', minLength: 1, description })

const anything = (description: string): JsonSchema => ({ description })

const CASE: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  oneOf: [{ required: ['input'] }, { required: ['file'] }],
  anyOf: ['expect', 'include', 'externalId', 'number', 'revision', 'dependsOn', 'problem', 'skipped'].map(
    key => ({
      required: [key],
    }),
  ),
  properties: {
    name: text('What the case shows.'),
    topic: text('Bound as `$topic`; the first of the mapping where it is absent.'),
    headers: {
      description: 'Bound as `$headers`.',
      type: 'object',
      additionalProperties: { type: 'string' },
    },
    connection: {
      description: 'Bound as `$connection`; its settings also as `$settings`.',
      type: 'object',
      additionalProperties: false,
      properties: { id: text('Its id.'), tenant: text('Its tenant.'), settings: { type: 'object' } },
    },
    tables: {
      description: 'Entries that an operator added: table → entry → value.',
      type: 'object',
      additionalProperties: { type: 'object' },
    },
    input: anything('The record.'),
    file: text('Path of a JSON file that holds the record, from the folder of this file.'),
    expect: { type: 'object', description: 'The whole document.' },
    include: { type: 'object', description: 'Parts of the document; arrays are compared index by index.' },
    externalId: text('What `identity` gives.'),
    number: text('What `number` gives.'),
    revision: { type: 'number', description: 'What `revision` gives, in milliseconds.' },
    dependsOn: {
      description: 'The documents that it depends on.',
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['resource'],
        properties: {
          resource: { enum: [...RESOURCES] },
          externalId: { type: 'string' },
          linkId: { type: 'string' },
          key: { type: 'string' },
        },
      },
    },
    problem: {
      description: 'A problem that the record has to cause; as much of it as matters.',
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      properties: {
        code: text('MAPPING_MISSING, MAPPING_TYPE …'),
        target: { type: 'string', description: 'Pointer into the document.' },
        message: { type: 'string' },
        file: { type: 'string' },
        line: { type: 'integer' },
        column: { type: 'integer' },
      },
    },
    skipped: text('Code with which the record has to be skipped.'),
  },
}

export const CASE_SCHEMA: JsonSchema = {
  $schema: DIALECT,
  title: 'Cases',
  description: 'The cases of a mapping: `<name>.test.yaml` beside it, run by `hub mappings test`.',
  type: 'object',
  additionalProperties: false,
  required: ['cases'],
  properties: { cases: { type: 'array', minItems: 1, items: CASE } },
}
