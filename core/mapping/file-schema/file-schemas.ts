import type { JsonSchema } from '../../contracts/connector.ts'
import { CASE_SCHEMA } from './case-schema.ts'
import { DIALECT, letSchema, SHARED, tablesSchema } from './parts.ts'
import { ruleDefinitions } from './rule.ts'

export interface KnownNames {
  connectors: readonly string[]
  /** Names of the canonical schemas of whole documents. */
  documents: readonly string[]
}

/** JSON Schemas of the files that people write, so that editors complete and check them: file name → schema. */
export const fileSchemas = (names: KnownNames): Record<string, JsonSchema> => ({
  'mapping.schema.json': mappingSchema(names),
  'overlay.schema.json': OVERLAY_SCHEMA,
  'cases.schema.json': CASE_SCHEMA,
})

const mappingSchema = ({ connectors, documents }: KnownNames): JsonSchema => ({
  $schema: DIALECT,
  title: 'Mapping',
  description:
    'What a partner sends becomes a canonical document, or the other way round: `<name>.map.yaml`.',
  type: 'object',
  additionalProperties: false,
  required: ['version', 'connector', 'document'],
  oneOf: [{ required: ['target', 'topics', 'identity'] }, { required: ['from'] }],
  properties: {
    ...SHARED,
    connector: { enum: [...connectors], description: 'Whose records these are.' },
    topics: {
      description: 'Topics of the connector that it maps.',
      type: 'array',
      items: { type: 'string', minLength: 1 },
      uniqueItems: true,
    },
    target: { enum: [...documents], description: 'The canonical document that it makes.' },
    from: { enum: [...documents], description: 'The canonical document that an outgoing mapping reads.' },
    source: {
      type: 'string',
      minLength: 1,
      description: 'What the partner sends: `order` names `order.source.schema.json` beside the mapping.',
    },
    let: letSchema(false),
    tables: tablesSchema(false),
    document: { $ref: '#/$defs/map', description: 'The document, member by member.' },
  },
  $defs: ruleDefinitions(false),
})

const OVERLAY_SCHEMA: JsonSchema = {
  $schema: DIALECT,
  title: 'Overlay',
  description:
    'Adds to a mapping, replaces or takes away (`null`), without a copy of it: `<name>.overlay.yaml`.',
  type: 'object',
  additionalProperties: false,
  required: ['extends', 'version'],
  properties: {
    extends: { type: 'string', minLength: 1, description: 'Id of the mapping: `storefronts/shopify/order`.' },
    ...SHARED,
    let: letSchema(true),
    tables: tablesSchema(true),
    document: { $ref: '#/$defs/map', description: 'Members to add, replace, merge or take away.' },
  },
  $defs: ruleDefinitions(true),
}
