import type { JsonSchema } from '../../contracts/connector.ts'
import { orNull } from './parts.ts'

/** What `document` is made of, as definitions of a schema; `nullable`: an overlay takes away with `null`. */
export const ruleDefinitions = (nullable: boolean): Record<string, JsonSchema> => ({
  expression: {
    description:
      'A JSONata expression over the source record. A text literal needs quotes of its own: `\'"shopify"\'`.',
    type: 'string',
    minLength: 1,
  },
  rule: orNull(
    {
      anyOf: [
        { $ref: '#/$defs/expression' },
        { type: ['number', 'boolean'], description: 'A literal.' },
        { $ref: '#/$defs/map' },
        { type: 'array', items: { $ref: '#/$defs/rule' }, description: 'A list, item by item.' },
      ],
    },
    nullable,
  ),
  map: {
    description: 'An object; with `$each` an array of objects, or of values.',
    type: 'object',
    properties: directives(nullable),
    patternProperties: { '^[^$]': { $ref: '#/$defs/rule' } },
    additionalProperties: false,
    ...(nullable ? {} : BESIDE_EACH),
  },
})

/** An overlay is merged first: what stands beside `$each` there may be below. */
const BESIDE_EACH: JsonSchema = {
  dependentRequired: { $when: ['$each'], $value: ['$each'] },
  not: { required: ['$each', '$with'] },
}

function directives(nullable: boolean): Record<string, JsonSchema> {
  const of = (description: string, schema: JsonSchema = { $ref: '#/$defs/expression' }) => ({
    ...orNull(schema, nullable),
    description,
  })
  return {
    $each: of('Makes an array: one item for each item of this sequence.'),
    $when: of('Beside `$each`: only items for which this holds.'),
    $with: of('Changes the context of the members; without a value the object is left out.'),
    $value: of('Beside `$each`, instead of members: the items are values.', { $ref: '#/$defs/rule' }),
  }
}
