import jsonata from 'jsonata'
import { isMap, isScalar, parseDocument, type YAMLMap } from 'yaml'
import { HUB_FUNCTIONS } from '#core/mapping/functions/functions.ts'
import { type LookupTable, lookUp } from '#core/mapping/functions/table.ts'

type Bindings = Record<string, unknown>

interface MappingYaml {
  let: Record<string, string>
  tables: Record<string, Record<string, unknown>>
  skip: string
  identity: string
  number: string
  revision: string
}

/** The mapping as one JSONata expression, as somebody writes it for the `jsonata` package, with the same hub functions. */
export function referenceMapping(yaml: string): (record: unknown, bindings: Bindings) => Promise<unknown> {
  const file = parseDocument(yaml)
  const { let: variables, tables, ...heads } = file.toJS() as MappingYaml
  const lets = Object.entries(variables).map(([name, text]) => `$${name} := (${text});`)
  const { skip, identity, number, revision } = heads
  const document = textOf((file.contents as YAMLMap).get('document', true))
  const expression = jsonata(
    `(${lets.join(' ')} { "heads": [${[skip, identity, number, revision].map(text => `(${text})`).join(', ')}], "body": ${document} })`,
  )
  for (const { name, run } of HUB_FUNCTIONS)
    expression.registerFunction(name, run as (...args: unknown[]) => unknown)
  const lookups = lookupTables(tables)
  expression.registerFunction('table', (name: string, value: unknown) =>
    lookUp(lookups.get(name)!, value, undefined),
  )
  return async (record, bindings) => ((await expression.evaluate(record, bindings)) as { body: unknown }).body
}

const lookupTables = (tables: MappingYaml['tables']): ReadonlyMap<string, LookupTable> =>
  new Map(
    Object.entries(tables).map(([name, entries]) => [
      name,
      { name, entries: new Map(Object.entries(entries)) },
    ]),
  )

/** `$with` is a path step, `$each` and `$when` a filtered one in an array constructor. */
function textOf(node: unknown): string {
  if (isScalar(node)) return typeof node.value === 'string' ? `(${node.value})` : JSON.stringify(node.value)
  if (!isMap(node)) throw new Error('A document has maps and leaves.')
  const members = new Map(
    node.items.map(({ key, value }) => [String((key as { value: unknown }).value), textOf(value)]),
  )
  const fields = [...members].filter(([name]) => !name.startsWith('$'))
  const object = `{ ${fields.map(([name, text]) => `${JSON.stringify(name)}: ${text}`).join(', ')} }`
  const each = members.get('$each')
  const within = members.get('$with')
  if (within) return `${within}.${object}`
  if (!each) return object
  const when = members.get('$when')
  return `[${each}${when ? `[${when}]` : ''}.${members.get('$value') ?? object}]`
}
