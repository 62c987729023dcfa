import type { Literal, Node, Regex } from '../expression/ast.ts'
import {
  emitApply,
  emitBind,
  emitBlock,
  emitCall,
  emitLambda,
  emitPartial,
  emitTransform,
  emitVariable,
} from './emit-functions.ts'
import { emitName } from './emit-names.ts'
import { emitArray, emitGroup, emitObject } from './emit-objects.ts'
import { emitBinary, emitCondition } from './emit-operators.ts'
import { emitFilters, emitPath } from './emit-path.ts'
import { declare, type Emitted, type Env, helper, resets } from './env.ts'
import { boundNames, newFrameScope, readVariable, tupleSource } from './scope.ts'

/** Code that gives the value of a node in its surroundings: what the reference's `evaluate` gives. */
export function emit(node: Node, env: Env): string {
  let emitted = emitRaw(node, env)
  if (node.predicate)
    emitted = { sequence: emitFilters(node.predicate, codeOf(emitted), env, tupleSource(node)) }
  if (node.group && node.type !== 'path')
    emitted = emitGroup(node.group.lhs, codeOf(emitted), node.group.position, {
      env,
      path: tupleSource(node),
    })
  if (node.keepArray) return `${helper(env, 'oneKept')}(${codeOf(emitted)})`
  return typeof emitted === 'string' ? emitted : `${helper(env, 'one')}(${emitted.sequence})`
}

const codeOf = (emitted: Emitted): string => (typeof emitted === 'string' ? emitted : emitted.sequence)

function emitRaw(node: Node, env: Env): Emitted {
  switch (node.type) {
    case 'path':
      return emitPath(node, env)
    case 'name':
      return emitName(node, env)
    case 'variable':
      return emitVariable(node, env)
    case 'string':
    case 'number':
    case 'value':
      return emitLiteral(node)
    case 'binary':
      return emitBinary(node, env)
    case 'unary':
      if (node.value === '[') return emitArray(node, env)
      return node.value === '{'
        ? emitObject(node, env)
        : `${helper(env, 'negate')}(${emit(node.expression, env)}, ${node.position ?? 0})`
    case 'condition':
      return emitCondition(node, env)
    case 'block':
      return emitBlock(node, env)
    case 'bind':
      return emitBind(node, env)
    case 'function':
      return emitCall(node, env)
    case 'partial':
      return emitPartial(node, env)
    case 'lambda':
      return emitLambda(node, env)
    case 'apply':
      return emitApply(node, env)
    default:
      return emitRare(node, env)
  }
}

function emitRare(node: Node, env: Env): Emitted {
  switch (node.type) {
    case 'wildcard':
      return { sequence: `${helper(env, 'wildcard')}(run, ${env.context.input})` }
    case 'descendant':
      return { sequence: `${helper(env, 'descendants')}(run, ${env.context.input})` }
    case 'parent':
      return readVariable(
        env.scope,
        node.slot.label,
        () => helper(env, 'UNBOUND'),
        () => 'undefined',
      )
    case 'regex':
      return `${helper(env, 'regex')}(${env.shared.unit.constant((node as Regex).value)})`
    case 'transform':
      return emitTransform(node, env)
    default:
      env.shared.report(node, { code: 'EXPRESSION_WRONG', message: 'This is no expression.' })
      return 'undefined'
  }
}

function emitLiteral({ value }: Literal): string {
  return Object.is(value, -0)
    ? '-0'
    : typeof value === 'number' && value < 0
      ? `(${value})`
      : JSON.stringify(value)
}

/** A whole expression: its own outermost variables, then its value. */
export function emitExpression(node: Node, env: Env): string {
  const scope = newFrameScope(env.scope)
  const inner = { ...env, scope }
  declare(inner, scope, boundNames([node]))
  const code = emit(node, inner)
  const reset = resets(inner, scope)
  return reset.length > 0 ? `(${[...reset, code].join(', ')})` : code
}
