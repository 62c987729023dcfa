import type { Call, Node } from '../expression/ast.ts'

export type StaticType = 'string' | 'number' | 'boolean' | 'array' | 'object'

const TEXT_FUNCTIONS = new Set([
  'money',
  'moneySum',
  'moneySubtract',
  'moneyMultiply',
  'moneyDivide',
  'instant',
  'offset',
  'country',
  'sku',
  'id',
  'gid',
  'text',
  'string',
  'lowercase',
  'uppercase',
  'trim',
  'substring',
  'substringBefore',
  'substringAfter',
  'join',
  'pad',
  'replace',
  'fromMillis',
  'formatNumber',
])
const NUMBER_FUNCTIONS = new Set([
  'number',
  'count',
  'sum',
  'length',
  'round',
  'floor',
  'ceil',
  'abs',
  'toMillis',
])
const BOOLEAN_FUNCTIONS = new Set(['exists', 'not', 'boolean', 'contains'])

/** The nodes whose value is the value of the expression: branches, last statements. */
export function resultNodes(node: Node): Node[] {
  if (node.predicate || node.group || node.keepArray) return []
  if (node.type === 'condition') return [node.then, ...(node.else ? [node.else] : [])].flatMap(resultNodes)
  if (node.type === 'block' && node.expressions.length > 0) return resultNodes(node.expressions.at(-1)!)
  return [node]
}

/** The type that a result node surely has when it is not absent; null where that is not known. */
export function staticType(node: Node): StaticType | null {
  switch (node.type) {
    case 'string':
      return 'string'
    case 'number':
      return 'number'
    case 'value':
      return typeof node.value === 'boolean' ? 'boolean' : null
    case 'binary':
      return node.value === '&'
        ? 'string'
        : '+-*/%'.includes(node.value)
          ? 'number'
          : node.value === '..'
            ? null
            : 'boolean'
    case 'unary':
      return node.value === '[' ? 'array' : node.value === '{' ? 'object' : 'number'
    case 'function':
      return typeOfCall(node)
    default:
      return null
  }
}

/** The type of whatever a well-known function gives. */
export function typeOfCall({ procedure }: Call): StaticType | null {
  if (procedure.type !== 'variable') return null
  if (TEXT_FUNCTIONS.has(procedure.value)) return 'string'
  if (NUMBER_FUNCTIONS.has(procedure.value)) return 'number'
  return BOOLEAN_FUNCTIONS.has(procedure.value) ? 'boolean' : null
}

/** The table that a node looks its value up in. */
export function tableOf(node: Node): string | null {
  if (node.type !== 'function' || node.procedure.type !== 'variable' || node.procedure.value !== 'table')
    return null
  const [name] = node.arguments
  return name?.type === 'string' ? (name.value as string) : null
}
