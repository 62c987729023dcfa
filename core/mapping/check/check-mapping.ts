import type { MappingParts } from '../lower/lower-mapping.ts'
import type { MappingSource } from '../source/mapping-source.ts'
import type { Place, Problems } from '../source/problems.ts'
import { bindingsOf } from './bindings.ts'
import { checkTables } from './check-tables.ts'
import { LeafMaker } from './leaf-maker.ts'
import { nearest } from './nearest.ts'
import { field, type Origins } from './origin/origin.ts'
import { ANYTHING, type Schemas, type SchemaView } from './schema-view.ts'
import type { Leaf, Shape } from './shape.ts'
import { shapeDocument } from './shape-document.ts'

/** What a mapping is checked against. */
export interface KnownSchemas {
  /** Canonical documents by name. */
  canonical: Schemas
  /** What partners send, by the path of the schema: `storefronts/shopify/order`. Null: nothing is checked against it. */
  sources: Schemas | null
  /** Settings of a connection, by connector. */
  settings: Schemas
}

export interface CheckedMapping {
  parts: MappingParts
  leaves: readonly Leaf[]
  /** Name and view of what it reads; null where no schema says it. */
  source: { name: string; view: SchemaView } | null
  /** Reports what is unused or unmapped: of a mapping with errors it may be their consequence. */
  warn(): void
}

/** Fits a mapping to the schemas of both sides; `folder` is where it stands, and its source schema beside it. */
export function checkMapping(
  mapping: MappingSource,
  folder: string,
  known: KnownSchemas,
  problems: Problems,
): CheckedMapping {
  const source = sourceOf(mapping, folder, known, problems)
  const from = viewOf(mapping.from, known.canonical, 'canonical schema', problems)
  const record: Origins = from
    ? field('The canonical document', from)
    : field('The source', source?.view ?? ANYTHING)
  const leaves = new LeafMaker(record, bindingsOf(known.settings.view(mapping.connector)), problems)
  const parts = partsOf(mapping, leaves, known, problems)
  const warn = () => {
    checkTables(mapping.tables, leaves.tableUses, problems)
    reportUnusedVariables(mapping, leaves, problems)
  }
  return { parts, leaves: leaves.all, source, warn }
}

function partsOf(
  mapping: MappingSource,
  leaves: LeafMaker,
  known: KnownSchemas,
  problems: Problems,
): MappingParts {
  const aside = (name: 'identity' | 'number' | 'revision') =>
    mapping[name] && leaves.aside(mapping[name], name, name === 'identity').leaf
  const skip = mapping.skip && leaves.aside(mapping.skip.expression, 'skip').leaf
  const variables = mapping.let.map(({ name, expression }) => ({
    name,
    leaf: expression && leaves.variable(expression, name),
  }))
  const [identity, number, revision] = [aside('identity'), aside('number'), aside('revision')]
  const dependsOn = mapping.dependsOn.map(({ resource, ways }) => ({
    resource,
    ways: ways.map(({ way, expression }) => ({ way, leaf: leaves.aside(expression, 'dependsOn').leaf })),
  }))
  const target = viewOf(mapping.target, known.canonical, 'canonical schema', problems) ?? ANYTHING
  const tables = new Map(mapping.tables.map(table => [table.name, table]))
  const document = shapeDocument(mapping.document, target, { problems, leaves, tables }) as Shape & {
    kind: 'object'
  }
  return { skip, variables, identity, number, revision, dependsOn, document }
}

function sourceOf(
  mapping: MappingSource,
  folder: string,
  { sources }: KnownSchemas,
  problems: Problems,
): CheckedMapping['source'] {
  if (!mapping.source || !sources) return null
  const prefix = folder === '' ? '' : `${folder}/`
  const beside = sources.names.filter(name => name.startsWith(prefix)).map(name => name.slice(prefix.length))
  const name = `${prefix}${mapping.source.name}`
  const view = sources.view(name)
  if (view) return { name, view }
  problems.add(
    'SCHEMA_UNKNOWN',
    mapping.source.place,
    `There is no \`${mapping.source.name}.source.schema.json\` beside the mapping.`,
    nearest(mapping.source.name, beside),
  )
  return null
}

function viewOf(
  named: { name: string; place: Place } | null,
  schemas: Schemas,
  what: string,
  problems: Problems,
): SchemaView | null {
  if (!named) return null
  const view = schemas.view(named.name)
  if (!view)
    problems.add(
      'SCHEMA_UNKNOWN',
      named.place,
      `There is no ${what} \`${named.name}\`.`,
      nearest(named.name, schemas.names),
    )
  return view
}

function reportUnusedVariables(mapping: MappingSource, leaves: LeafMaker, problems: Problems): void {
  for (const { name, place } of mapping.let)
    if (!leaves.variablesRead.has(name))
      problems.warn('VARIABLE_UNUSED', place, `No expression reads \`$${name}\`.`)
}
