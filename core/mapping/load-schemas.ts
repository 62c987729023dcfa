import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { JsonSchema } from '../contracts/connector.ts'
import type { MappingFile, Problem } from '../contracts/mapper.ts'
import { HubError } from '../errors/hub-error.ts'
import { Schemas, SOURCE_ENDING } from './check/schema-view.ts'
import { checkReferences, parseSchema } from './source/parse-schema.ts'

export interface SchemaFiles {
  /** Canonical schemas by name: `canonical/order.schema.json` is `order`. */
  schemas: Record<string, JsonSchema>
  /** Source schemas by path: `storefronts/shopify/order.source.schema.json` is `storefronts/shopify/order`. */
  sources: Record<string, JsonSchema>
  problems: Problem[]
}

const CANONICAL = /^canonical\/([^/]+)\.schema\.json$/
const SOURCE = /^(.+)\.source\.schema\.json$/

/** The schemas of a mappings folder, as far as they can be read, and what is wrong with the others. */
export async function readSchemas(dir: string): Promise<SchemaFiles> {
  const found: SchemaFiles = { schemas: {}, sources: {}, problems: [] }
  const files = await schemaFiles(dir)
  for (const { kind, name, file } of files) {
    const { schema, problems } = parseSchema(file)
    found.problems.push(...problems)
    if (schema) found[kind][name] = schema
  }
  const known = { schemas: new Schemas(found.schemas), sources: new Schemas(found.sources, SOURCE_ENDING) }
  for (const { kind, name, file } of files)
    if (Object.hasOwn(found[kind], name))
      found.problems.push(...checkReferences(file, reference => known[kind].knows(reference, name)))
  return found
}

/** Both kinds of schemas of a mappings folder; throws where one cannot be read. */
export async function loadAllSchemas(dir: string): Promise<Pick<SchemaFiles, 'schemas' | 'sources'>> {
  const { schemas, sources, problems } = await readSchemas(dir)
  const [problem] = problems
  if (!problem) return { schemas, sources }
  const { file, line, column, message } = problem
  throw new HubError('MAPPINGS_BROKEN', { detail: `${file}:${line}:${column} ${message}` })
}

/** The canonical schemas alone. */
export const loadSchemas = async (dir: string): Promise<SchemaFiles['schemas']> =>
  (await loadAllSchemas(dir)).schemas

interface SchemaFile {
  kind: 'schemas' | 'sources'
  name: string
  file: MappingFile
}

/** `canonical/` has to be there: without it the folder is none of mappings. */
async function schemaFiles(dir: string): Promise<SchemaFile[]> {
  await readdir(join(dir, 'canonical'))
  const paths = (await readdir(dir, { recursive: true })).map(path => path.replaceAll('\\', '/')).sort()
  const files = paths.map(async (path): Promise<SchemaFile | null> => {
    const [canonical, source] = [CANONICAL.exec(path)?.[1], SOURCE.exec(path)?.[1]]
    const name = source ?? canonical
    if (name === undefined) return null
    const text = await readFile(join(dir, path), 'utf8')
    return { kind: source === undefined ? 'schemas' : 'sources', name, file: { path, text } }
  })
  return (await Promise.all(files)).filter(file => file !== null)
}
