import { isMap, type Node } from 'yaml'
import { isErrorCode, REGISTER } from '../../errors/register.ts'
import { nearest } from '../check/nearest.ts'
import {
  DEPENDENCY_WAYS,
  type Dependency,
  type Expression,
  type MappingSource,
  type Table,
} from './mapping-source.ts'
import type { Place } from './problems.ts'
import { readExpression, readRule } from './read-rule.ts'
import { readScope } from './read-scope.ts'
import type { Entry, YamlFile } from './yaml-file.ts'

export const MAPPING_KEYS = [
  'version',
  'for',
  'connector',
  'topics',
  'target',
  'from',
  'source',
  'skip',
  'identity',
  'number',
  'revision',
  'dependsOn',
  'let',
  'tables',
  'document',
]

export const RESOURCES = ['order', 'inventory', 'shipment', 'return', 'product', 'settlement']

/** Reads a mapping file; what is wrong is in the file's problems, and then the result may have gaps. */
export function readMapping(file: YamlFile): MappingSource {
  const entries = new Map(file.entries(file.root, 'A mapping').map(entry => [entry.key, entry]))
  for (const { key, keyPlace } of entries.values()) {
    if (!MAPPING_KEYS.includes(key))
      file.problems.add('KEY_UNKNOWN', keyPlace, `A mapping has no \`${key}\`.`, nearest(key, MAPPING_KEYS))
  }
  const need = (key: string): Entry | undefined => {
    const entry = entries.get(key)
    const place = file.removedFrom(file.root)?.get(key) ?? { line: 1, column: 1 }
    if (!entry) file.problems.add('KEY_MISSING', place, `The mapping has no \`${key}\`.`)
    return entry
  }
  const optional = (key: string) =>
    entries.has(key) ? readExpression(file, entries.get(key)!.value, key) : null
  const outgoing = entries.has('from')
  if (outgoing && entries.has('target'))
    file.problems.add(
      'VALUE_WRONG',
      entries.get('from')!.keyPlace,
      'A mapping has `target` or `from`, not both.',
    )
  readScope(file, entries.get('for'))
  if (!outgoing) for (const key of ['topics', 'target', 'identity']) need(key)
  return {
    version: readVersion(file, need('version')),
    connector: readText(file, need('connector'))?.name ?? '',
    topics: readTopics(file, entries.get('topics')),
    target: outgoing ? null : readText(file, entries.get('target')),
    from: readText(file, entries.get('from')),
    source: readText(file, entries.get('source')),
    skip: readSkip(file, entries.get('skip')),
    identity: optional('identity'),
    number: optional('number'),
    revision: optional('revision'),
    dependsOn: readDependencies(file, entries.get('dependsOn')),
    let: readLet(file, entries.get('let')),
    tables: readTables(file, entries.get('tables')),
    document: readDocument(file, need('document')),
  }
}

export function readVersion(file: YamlFile, entry: Entry | undefined): number {
  const value = entry && file.scalar(entry.value)
  if (Number.isInteger(value) && (value as number) > 0) return value as number
  if (entry) file.wrong(entry.value, '`version` must be a whole number above zero.')
  return 0
}

function readText(file: YamlFile, entry: Entry | undefined): { name: string; place: Place } | null {
  const value = entry && file.scalar(entry.value)
  if (typeof value === 'string' && value !== '') return { name: value, place: file.placeOf(entry!.value) }
  if (entry) file.wrong(entry.value, `\`${entry.key}\` must be a text.`)
  return null
}

function readTopics(file: YamlFile, entry: Entry | undefined): string[] {
  if (!entry) return []
  return file.items(entry.value, '`topics`').flatMap(node => {
    const topic = file.scalar(node)
    if (typeof topic === 'string') return [topic]
    file.wrong(node, 'A topic must be a text.')
    return []
  })
}

/** An expression, or `{expression, reason}` with a code whose recovery is `skip`. */
function readSkip(
  file: YamlFile,
  entry: Entry | undefined,
): { expression: Expression; reason: string } | null {
  if (!entry) return null
  if (!isMap(entry.value)) {
    const expression = readExpression(file, entry.value, 'skip')
    return expression && { expression, reason: 'SOURCE_SKIPPED' }
  }
  const parts = partsOf(file, entry.value, 'skip', ['expression', 'reason'])
  const expression = readExpression(file, parts.get('expression') ?? null, 'skip.expression')
  const reason = file.scalar(parts.get('reason') ?? null)
  const known = typeof reason === 'string' && isErrorCode(reason) && REGISTER[reason].recovery === 'skip'
  if (!known)
    file.wrong(
      parts.get('reason') ?? entry.value,
      '`skip.reason` must be an error code whose recovery is `skip`.',
    )
  return expression && { expression, reason: String(reason) }
}

function readDependencies(file: YamlFile, entry: Entry | undefined): Dependency[] {
  if (!entry) return []
  return file.items(entry.value, '`dependsOn`').flatMap(node => {
    const parts = partsOf(file, node, 'dependsOn', ['resource', ...DEPENDENCY_WAYS])
    const resource = file.scalar(parts.get('resource') ?? null)
    const ways = readWays(file, node, parts)
    if (typeof resource === 'string' && RESOURCES.includes(resource)) return [{ resource, ways }]
    file.wrong(
      parts.get('resource') ?? node,
      '`resource` must be one of the hub’s resources.',
      nearest(String(resource), RESOURCES),
    )
    return []
  })
}

/** `externalId` names a document of this connection, the others one of any: both at once would be two documents. */
function readWays(file: YamlFile, node: Node | null, parts: Map<string, Node | null>): Dependency['ways'] {
  const named = DEPENDENCY_WAYS.filter(way => parts.has(way))
  if (named.length === 0) readExpression(file, null, 'dependsOn.externalId')
  if (named.length > 1 && named.includes('externalId'))
    file.wrong(node, '`dependsOn` has `externalId` alone, or `linkId` and `key`.')
  return named.flatMap(way => {
    const expression = readExpression(file, parts.get(way) ?? null, `dependsOn.${way}`)
    return expression ? [{ way, expression }] : []
  })
}

function partsOf(
  file: YamlFile,
  node: Node | null,
  what: string,
  keys: readonly string[],
): Map<string, Node | null> {
  const entries = file.entries(node, `\`${what}\``)
  for (const { key, keyPlace } of entries) {
    if (!keys.includes(key))
      file.problems.add('KEY_UNKNOWN', keyPlace, `\`${what}\` has no \`${key}\`.`, nearest(key, keys))
  }
  return new Map(entries.map(({ key, value }) => [key, value]))
}

function readLet(file: YamlFile, entry: Entry | undefined): MappingSource['let'] {
  if (!entry) return []
  return file.entries(entry.value, '`let`').map(({ key, keyPlace, value }) => ({
    name: key,
    place: keyPlace,
    expression: readExpression(file, value, `let.${key}`),
  }))
}

function readTables(file: YamlFile, entry: Entry | undefined): Table[] {
  if (!entry) return []
  return file.entries(entry.value, '`tables`').map(table => ({
    name: table.key,
    place: table.keyPlace,
    entries: file.entries(table.value, `Table \`${table.key}\``).flatMap(({ key, keyPlace, value }) => {
      const result = file.scalar(value)
      if (result === undefined || result === null)
        file.wrong(value, `Table \`${table.key}\`: the entry \`${key}\` needs a value.`)
      return [{ key, keyPlace, value: result, place: file.placeOf(value) }]
    }),
  }))
}

function readDocument(file: YamlFile, entry: Entry | undefined): MappingSource['document'] {
  const rule = entry ? readRule(file, entry.value, 'document') : null
  if (rule?.kind === 'object') return rule
  if (rule) file.wrong(entry!.value, '`document` must be a map of members.')
  return { kind: 'object', context: null, members: [], place: file.placeOf(entry?.value ?? null) }
}
