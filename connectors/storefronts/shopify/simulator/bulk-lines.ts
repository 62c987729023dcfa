import { type Connection, project, type Resolver } from './graphql-execute.ts'
import type { Field } from './graphql-parse.ts'

/** Fields of nodes that are plain lists, in which no connection may stand. */
const LISTS = new Set(['refunds', 'fulfillments', 'taxLines', 'discountAllocations', 'duties', 'options'])
const MOST_CONNECTIONS = 5
const DEEPEST = 2

/** Why Shopify does not take a query: https://shopify.dev/docs/api/usage/bulk-operations/queries#operation-restrictions */
export function bulkProblem(fields: readonly Field[]): string | undefined {
  if (fields.some(({ name }) => name === 'node' || name === 'nodes'))
    return 'Bulk queries cannot contain a top level `node` or `nodes` field.'
  const found = connectionsIn(fields, { depth: 0, inList: false })
  if (found.length === 0) return 'Bulk queries must contain at least one connection.'
  if (found.length > MOST_CONNECTIONS) return 'Bulk queries cannot contain more than 5 connections.'
  if (found.some(({ depth }) => depth > DEEPEST))
    return 'Bulk queries cannot contain connections with a nesting depth greater than 2.'
  if (found.some(({ inList }) => inList))
    return 'Queries that contain a connection field within a list field are not currently supported.'
  return undefined
}

interface Place {
  depth: number
  inList: boolean
}

function connectionsIn(fields: readonly Field[], { depth, inList }: Place): Place[] {
  return fields.flatMap(field => {
    if (!isConnection(field))
      return connectionsIn(field.fields, { depth, inList: inList || LISTS.has(field.name) })
    const at = { depth: depth + 1, inList }
    return [at, ...connectionsIn(nodeFields(field), at)]
  })
}

const isConnection = ({ fields }: Field): boolean =>
  fields.some(({ name }) => name === 'edges' || name === 'nodes')

const nodeFields = ({ fields }: Field): Field[] =>
  fields.find(({ name }) => name === 'edges')?.fields.find(({ name }) => name === 'node')?.fields ?? []

/** One line an object, children right below their parents, as `groupObjects` gives them. */
export function bulkLines(roots: Record<string, unknown>, fields: readonly Field[]): string[] {
  return fields.flatMap(field => linesOf(roots, field))
}

function linesOf(parent: Record<string, unknown>, field: Field, parentId?: unknown): string[] {
  const resolve = parent[field.name] as Resolver
  const { nodes } = resolve({ ...field.args, first: Number.POSITIVE_INFINITY }, {}) as Connection<
    Record<string, unknown>
  >
  const inner = nodeFields(field)
  const own = inner.filter(one => !isConnection(one))
  const below = inner.filter(isConnection)
  return nodes.flatMap(node => {
    const line = {
      ...(project(node, own) as object),
      ...(parentId === undefined ? {} : { __parentId: parentId }),
    }
    return [JSON.stringify(line), ...below.flatMap(child => linesOf(node, child, node['id']))]
  })
}
