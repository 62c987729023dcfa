import type { CompileResult, MappingFile, Plan } from '../contracts/mapper.ts'
import { checkMapping, type KnownSchemas } from './check/check-mapping.ts'
import type { SchemaView } from './check/schema-view.ts'
import type { Leaf } from './check/shape.ts'
import type { LookupTable } from './functions/table.ts'
import { type LoweredMapping, lowerMapping } from './lower/lower-mapping.ts'
import { mappingLanguage } from './mapping-language.ts'
import type { MappingSource, Table } from './source/mapping-source.ts'
import { layOver } from './source/overlay.ts'
import { readMapping } from './source/read-mapping.ts'
import { YamlFile } from './source/yaml-file.ts'

/** What a plan carries beside what everybody may see. */
export interface Compiled {
  readonly run: LoweredMapping
  readonly leaves: readonly Leaf[]
  /** What the source may send; null where no schema says it. */
  readonly source: SchemaView | null
  /** Reason with which records are skipped. */
  readonly skipReason: string
  readonly incoming: boolean
  readonly leafOf: Readonly<Record<'identity' | 'number' | 'revision', Leaf | null>>
}

/**
 * Reads, merges, checks and lowers a mapping: all its problems, and the plan if none of them is an error.
 * `traced`: what it makes runs in an `ExplainingRun` only.
 */
export function compileMapping(
  base: MappingFile,
  overlays: readonly MappingFile[],
  schemas: KnownSchemas,
  traced = false,
): { result: CompileResult; compiled: Compiled | null } {
  const file = new YamlFile(nameOf(base), base.text)
  const above = overlays.map(overlay => new YamlFile(nameOf(overlay), overlay.text, file))
  const { problems } = file
  // What stands behind a syntax error of YAML is guesswork: only the errors themselves are worth reading.
  if (problems.failed) return { result: { plan: null, problems: problems.sorted() }, compiled: null }
  const id = mappingIdOf(base.path)
  const versions = above.map(overlay => layOver(file, id, overlay))
  const source = readMapping(file)
  const { parts, leaves, source: reads, warn } = checkMapping(source, folderOf(id), schemas, problems)
  const language = mappingLanguage(lookupTables(source.tables), traced)
  const run = lowerMapping(parts, { language, problems, traced })
  if (!run) return { result: { plan: null, problems: problems.sorted() }, compiled: null }
  warn()
  for (const { expression } of leaves) expression.forgetTree()
  const names = overlays.map(({ path, published }, index) => published ?? `${path}@${versions[index]}`)
  const plan = freezePlan(id, source, {
    source: reads?.name ?? null,
    overlays: base.published ? [base.published, ...names] : names,
  })
  const leafOf = { identity: parts.identity, number: parts.number, revision: parts.revision }
  const compiled = {
    run,
    leaves,
    source: reads?.view ?? null,
    skipReason: source.skip?.reason ?? '',
    incoming: source.target !== null,
    leafOf,
  }
  return { result: { plan, problems: problems.sorted() }, compiled }
}

const lookupTables = (tables: readonly Table[]): Map<string, LookupTable> =>
  new Map(
    tables.map(({ name, entries }) => [
      name,
      { name, entries: new Map(entries.map(({ key, value }) => [key, value])) },
    ]),
  )

/** `storefronts/shopify/order` for the path of its file. */
export const mappingIdOf = (path: string): string => path.replaceAll('\\', '/').replace(/\.map\.ya?ml$/, '')

/** For messages: what was published has no line in the file that the path names. */
const nameOf = ({ path, published }: MappingFile): string => (published ? `${path} (${published})` : path)

/** Where the mapping stands, with its source schema beside it. */
const folderOf = (id: string): string => id.slice(0, Math.max(id.lastIndexOf('/'), 0))

function freezePlan(
  id: string,
  mapping: MappingSource,
  { source, overlays }: { source: string | null; overlays: readonly string[] },
): Plan {
  return Object.freeze({
    id,
    version: mapping.version,
    connector: mapping.connector,
    topics: Object.freeze(topicsOf(mapping)),
    overlays: Object.freeze(overlays),
    source,
    target: mapping.target?.name ?? null,
    tables: Object.freeze(mapping.tables.map(table => table.name)),
    interpreted: Object.freeze([]),
  })
}

/** An outgoing mapping takes the documents that it is `from`, unless it names others itself. */
const topicsOf = ({ topics, from }: MappingSource): string[] =>
  topics.length === 0 && from ? [from.name] : [...topics]
