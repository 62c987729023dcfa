import jsonata from 'jsonata'
import { isMap, isScalar, parseDocument, type YAMLMap } from 'yaml'
import { HUB_FUNCTIONS } from '#core/mapping/functions/functions.ts'
import { type LookupTable, lookUp } from '#core/mapping/functions/table.ts'

type Bindings = Record<string, unknown>
type Evaluate = (context: unknown, bindings: Bindings) => Promise<unknown>

/** The mapping's leaves on the `jsonata` package: each compiled once, loops and objects in plain JavaScript. */
export function referenceMapping(yaml: string): (record: unknown, bindings: Bindings) => Promise<unknown> {
  const file = parseDocument(yaml).toJS() as {
    let: Record<string, string>
    tables: Record<string, Record<string, unknown>>
    document: unknown
    skip: string
    identity: string
    number: string
    revision: string
  }
  const tables = new Map(
    Object.entries(file.tables).map(([name, entries]) => [
      name,
      { name, entries: new Map(Object.entries(entries)) },
    ]),
  )
  const heads = [file.skip, file.identity, file.number, file.revision].map(text => leaf(text, tables))
  const variables = Object.entries(file.let).map(([name, text]) => [name, leaf(text, tables)] as const)
  const document = part((parseDocument(yaml).contents as YAMLMap).get('document', true), tables)
  return async (record, given) => {
    const bindings = { ...given }
    for (const [name, evaluate] of variables) bindings[name] = await evaluate(record, bindings)
    for (const evaluate of heads) await evaluate(record, bindings)
    return document(record, bindings)
  }
}

function leaf(text: string, tables: ReadonlyMap<string, LookupTable>): Evaluate {
  const expression = jsonata(text)
  for (const { name, run } of HUB_FUNCTIONS)
    expression.registerFunction(name, run as (...args: unknown[]) => unknown)
  expression.registerFunction('table', (name: string, value: unknown) =>
    lookUp(tables.get(name)!, value, undefined),
  )
  return (context, bindings) => expression.evaluate(context, bindings) as Promise<unknown>
}

function part(node: unknown, tables: ReadonlyMap<string, LookupTable>): Evaluate {
  if (isScalar(node))
    return typeof node.value === 'string' ? leaf(node.value, tables) : () => Promise.resolve(node.value)
  if (!isMap(node)) throw new Error('A document has maps and leaves.')
  const members = node.items.map(
    pair => [String((pair.key as { value: unknown }).value), part(pair.value, tables)] as const,
  )
  const directive = (name: string) => members.find(([key]) => key === name)?.[1]
  const object = objectOf(members.filter(([key]) => !key.startsWith('$')))
  const [each, within, when, value] = [
    directive('$each'),
    directive('$with'),
    directive('$when'),
    directive('$value'),
  ]
  if (each) return listOf(each, when, value ?? object)
  if (!within) return object
  return async (context, bindings) => {
    const inner = await within(context, bindings)
    return inner === undefined || inner === null ? undefined : object(inner, bindings)
  }
}

function objectOf(members: readonly (readonly [string, Evaluate])[]): Evaluate {
  return async (context, bindings) => {
    const result: Record<string, unknown> = {}
    for (const [name, evaluate] of members) {
      const value = await evaluate(context, bindings)
      if (value !== undefined && value !== null) result[name] = value
    }
    return result
  }
}

function listOf(each: Evaluate, when: Evaluate | undefined, item: Evaluate): Evaluate {
  return async (context, bindings) => {
    const found = await each(context, bindings)
    const result: unknown[] = []
    for (const entry of found === undefined ? [] : Array.isArray(found) ? found : [found]) {
      if (when && !(await when(entry, bindings))) continue
      const value = await item(entry, bindings)
      if (value !== undefined && value !== null) result.push(value)
    }
    return result
  }
}
