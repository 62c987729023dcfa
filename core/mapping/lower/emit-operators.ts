import type { Binary, BinaryOperator, Condition, Node } from '../expression/ast.ts'
import { type Emitted, type Env, emitIn, helper, local } from './env.ts'
import type { ExpressionHelper } from './helpers.ts'
import { isShadowed } from './scope.ts'

const HELPER_OF: Readonly<Partial<Record<BinaryOperator, ExpressionHelper>>> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '%': 'modulo',
  '<': 'less',
  '<=': 'lessOrEqual',
  '>': 'greater',
  '>=': 'greaterOrEqual',
  '=': 'equal',
  '!=': 'unequal',
  in: 'includes',
  '&': 'concat',
}

/** These may go through a whole value, and so they need the budget of the run. */
const LOOKS_DEEP: ReadonlySet<BinaryOperator> = new Set(['=', '!=', '&'])

export function emitBinary(node: Binary, env: Env): Emitted {
  if (node.value === 'and') return `(${emitTest(node.lhs, env)} && ${emitTest(node.rhs, env)})`
  if (node.value === 'or') return `(${emitTest(node.lhs, env)} || ${emitTest(node.rhs, env)})`
  const [left, right, position] = [emitIn(env, node.lhs), emitIn(env, node.rhs), node.position ?? 0]
  if (node.value === '..') return { sequence: `${helper(env, 'range')}(run, ${left}, ${right}, ${position})` }
  const helperName = HELPER_OF[node.value]!
  const budget = LOOKS_DEEP.has(node.value) ? 'run, ' : ''
  return `${helper(env, helperName)}(${budget}${left}, ${right}, ${position})`
}

/** Code that is a JavaScript boolean: whether the node's value holds. */
export function emitTest(node: Node, env: Env): string {
  const code = emitIn(env, node)
  return isBoolean(node, env) ? code : `${helper(env, 'truthy')}(run, ${code})`
}

const BOOLEAN_OPERATORS = new Set(['=', '!=', 'in', 'and', 'or'])

function isBoolean(node: Node, env: Env): boolean {
  if (node.predicate || node.group) return false
  if (node.type === 'binary') return BOOLEAN_OPERATORS.has(node.value)
  return (
    node.type === 'function' &&
    node.procedure.type === 'variable' &&
    node.procedure.value === 'exists' &&
    !isShadowed(env.scope, 'exists')
  )
}

/** `a ? b : c`; `a ?: b` and `a ?? b`, which the parser writes with `a` twice, evaluate it once. */
export function emitCondition(node: Condition, env: Env): string {
  const otherwise = () => (node.else ? emitIn(env, node.else) : 'undefined')
  if (isSame(node.condition, node.then)) {
    const held = local(env)
    return `(${helper(env, 'truthy')}(run, ${held} = ${emitIn(env, node.then)}) ? ${held} : ${otherwise()})`
  }
  if (isExistenceOf(node.condition, node.then) && !isShadowed(env.scope, 'exists')) {
    const held = local(env)
    return `((${held} = ${emitIn(env, node.then)}) !== undefined ? ${held} : ${otherwise()})`
  }
  return `(${emitTest(node.condition, env)} ? ${emitIn(env, node.then)} : ${otherwise()})`
}

/** Two nodes of one text that stand at the same place are one that the parser wrote twice. */
const isSame = (left: Node, right: Node): boolean => {
  const place = placeOf(left)
  return place !== undefined && left.type === right.type && place === placeOf(right)
}

const placeOf = (node: Node): number | undefined =>
  node.position ?? (node.type === 'path' ? placeOf(node.steps[0]!) : undefined)

/** `??` is `$exists(a) ? a : b`, made by the parser: such a call has no position. */
function isExistenceOf(condition: Node, value: Node): boolean {
  if (condition.type !== 'function' || condition.position !== undefined || condition.arguments.length !== 1)
    return false
  return (
    condition.procedure.type === 'variable' &&
    condition.procedure.value === 'exists' &&
    isSame(condition.arguments[0]!, value)
  )
}
