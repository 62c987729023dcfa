import type { CompileResult, MappingFile, Plan } from '../contracts/mapper.ts'
import { checkSources } from './check/check-sources.ts'
import { LeafMaker } from './check/leaf-maker.ts'
import { nearest } from './check/nearest.ts'
import { ANYTHING, type Schemas, type SchemaView } from './check/schema-view.ts'
import type { Leaf, Shape } from './check/shape.ts'
import { shapeDocument } from './check/shape-document.ts'
import type { LookupTable } from './functions/table.ts'
import { type LoweredMapping, lowerMapping, type MappingParts } from './lower/lower-mapping.ts'
import { mappingLanguage } from './mapping-language.ts'
import type { MappingSource, Table } from './source/mapping-source.ts'
import type { Place, Problems } from './source/problems.ts'
import { readMapping } from './source/read-mapping.ts'
import { YamlFile } from './source/yaml-file.ts'

/** What a plan carries beside what everybody may see. */
export interface Compiled {
  readonly run: LoweredMapping
  readonly leaves: readonly Leaf[]
  /** Reason with which records are skipped. */
  readonly skipReason: string
  readonly incoming: boolean
  readonly leafOf: Readonly<Record<'identity' | 'number' | 'revision', Leaf | null>>
}

/** Reads, checks and lowers a mapping file: all its problems, and the plan if none of them is an error. */
export function compileMapping(
  { path, text }: MappingFile,
  schemas: Schemas,
): { result: CompileResult; compiled: Compiled | null } {
  const file = new YamlFile(path, text)
  const { problems } = file
  // What stands behind a syntax error of YAML is guesswork: only the errors themselves are worth reading.
  if (problems.failed) return { result: { plan: null, problems: problems.sorted() }, compiled: null }
  const source = readMapping(file)
  const leaves = new LeafMaker()
  const parts = collectParts(source, leaves, schemas, problems)
  const run = lowerMapping(parts, mappingLanguage(lookupTables(source.tables)), problems)
  if (!run) return { result: { plan: null, problems: problems.sorted() }, compiled: null }
  const plan = freezePlan(path, source)
  const leafOf = { identity: parts.identity, number: parts.number, revision: parts.revision }
  const compiled = {
    run,
    leaves: leaves.all,
    skipReason: source.skip?.reason ?? '',
    incoming: source.target !== null,
    leafOf,
  }
  return { result: { plan, problems: problems.sorted() }, compiled }
}

function collectParts(
  source: MappingSource,
  leaves: LeafMaker,
  schemas: Schemas,
  problems: Problems,
): MappingParts {
  const skip = source.skip && leaves.aside(source.skip.expression, 'skip')
  const variables = source.let.map(({ name, expression }) => {
    const leaf = expression && leaves.aside(expression, `let.${name}`)
    leaves.define(name, leaf?.reads ?? [])
    return { name, leaf }
  })
  const identity = source.identity && leaves.aside(source.identity, 'identity', true)
  const number = source.number && leaves.aside(source.number, 'number')
  const revision = source.revision && leaves.aside(source.revision, 'revision')
  const dependsOn = source.dependsOn.map(({ resource, externalId }) => ({
    resource,
    leaf: leaves.aside(externalId, 'dependsOn'),
  }))
  const target = viewOf(source.target, schemas, problems) ?? ANYTHING
  const tables = new Map(source.tables.map(table => [table.name, table]))
  const document = shapeDocument(source.document, target, { problems, leaves, tables }) as Shape & {
    kind: 'object'
  }
  const from = viewOf(source.from, schemas, problems)
  if (from) checkSources(leaves.all, from, problems)
  return { skip, variables, identity, number, revision, dependsOn, document }
}

function viewOf(
  named: { name: string; place: Place } | null,
  schemas: Schemas,
  problems: Problems,
): SchemaView | null {
  if (!named) return null
  const view = schemas.view(named.name)
  if (!view)
    problems.add(
      'SCHEMA_UNKNOWN',
      named.place,
      `There is no canonical schema \`${named.name}\`.`,
      nearest(named.name, schemas.names),
    )
  return view
}

const lookupTables = (tables: readonly Table[]): Map<string, LookupTable> =>
  new Map(
    tables.map(({ name, entries }) => [
      name,
      { name, entries: new Map(entries.map(({ key, value }) => [key, value])) },
    ]),
  )

function freezePlan(path: string, source: MappingSource): Plan {
  return Object.freeze({
    id: path.replaceAll('\\', '/').replace(/\.map\.ya?ml$/, ''),
    version: source.version,
    connector: source.connector,
    topics: Object.freeze([...source.topics]),
    target: source.target?.name ?? null,
    tables: Object.freeze(source.tables.map(table => table.name)),
    interpreted: Object.freeze([]),
  })
}
