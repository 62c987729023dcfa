import type { ArrayLiteral, Node, ObjectLiteral } from '../expression/ast.ts'
import { type Env, emitIn, helper, itemClosure, tupleClosure } from './env.ts'

const RESERVED = new Set(['_jsonata_lambda', '_jsonata_function'])

/** `{key: value}` over the context. */
export function emitObject(node: ObjectLiteral, env: Env): string {
  const keys = node.lhs.map(([key]) =>
    key.type === 'string' && !key.predicate && !key.group ? (key.value as string) : null,
  )
  const constant = keys.every(key => key !== null && !RESERVED.has(key)) && new Set(keys).size === keys.length
  if (!constant) return emitGroup(node.lhs, env.context.input, node.position ?? 0, { env, path: null })
  const values = itemClosure(
    env,
    inner => `[${node.lhs.map(([, value]) => emitIn(inner, value)).join(', ')}]`,
  )
  return `${helper(env, 'object')}(run, ${env.context.input}, ${env.shared.unit.constant(keys)}, ${values})`
}

/** Grouping with computed keys; `path` is given where the value may be a stream of its tuples. */
export function emitGroup(
  pairs: readonly [Node, Node][],
  value: string,
  position: number,
  { env, path }: { env: Env; path: Node | null },
): string {
  const closure = (node: Node) =>
    path ? tupleClosure(env, path, node) : itemClosure(env, inner => emitIn(inner, node))
  const code = pairs.map(([key, result]) => `[${closure(key)}, ${closure(result)}]`)
  return `${helper(env, 'group')}(run, ${value}, [${code.join(', ')}], ${position})`
}

/** `[a, b, 1..3]` */
export function emitArray(node: ArrayLiteral, env: Env): string {
  const literal = node.expressions
    .map(item => ((item as { value?: unknown }).value === '[' ? '1' : '0'))
    .join('')
  const items = node.expressions.map(item => emitIn(env, item))
  const code = `${helper(env, 'list')}(run, [${items.join(', ')}], ${env.shared.unit.text(literal)})`
  return node.consarray ? `${helper(env, 'cons')}(${code})` : code
}
