import type { Node } from './ast.ts'

/** The nodes directly below a node, in the order in which they are evaluated. */
export function children(node: Node): Node[] {
  const filters = [...(node.predicate ?? []), ...(node.stages ?? [])].flatMap(stage =>
    stage.type === 'filter' ? [stage.expr] : [],
  )
  return [...operands(node), ...filters, ...(node.group?.lhs.flat() ?? [])]
}

function operands(node: Node): Node[] {
  switch (node.type) {
    case 'path':
      return node.steps
    case 'binary':
    case 'apply':
      return [node.lhs, node.rhs]
    case 'unary':
      return node.value === '-' ? [node.expression] : node.value === '[' ? node.expressions : node.lhs.flat()
    case 'condition':
      return node.else ? [node.condition, node.then, node.else] : [node.condition, node.then]
    case 'block':
      return node.expressions
    case 'bind':
      return [node.rhs]
    case 'function':
    case 'partial':
      return [node.procedure, ...node.arguments]
    case 'lambda':
      return [node.body]
    case 'transform':
      return node.delete ? [node.pattern, node.update, node.delete] : [node.pattern, node.update]
    case 'sort':
      return node.terms.map(term => term.expression)
    default:
      return []
  }
}
