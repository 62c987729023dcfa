import type { Name, Node, Path } from '../expression/ast.ts'
import type { NameStep } from '../runtime/path.ts'
import { type Env, emitIn, helper, local } from './env.ts'

/** Names that every object inherits: only for these the code must ask whether the object itself has them. */
const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype))

/**
 * A chain of names (`a.b[0].c`, `$x.a`) as plain member accesses: no sequence is made while the values are objects,
 * and a helper takes over at the first array. Null where the path has more than that.
 */
export function emitNames(path: Path, env: Env): string | null {
  const [first, ...rest] = path.steps as [Node, ...Node[]]
  if (path.keepSingletonArray || path.group || path.tuple || path.keepArray) return null
  if (first.type === 'variable' && !isBare(first)) return null
  const named = first.type === 'variable' ? rest : path.steps
  const steps = named.map(nameStep)
  if (!steps.every(step => step !== null) || steps.length === 0) return null
  if (first.type === 'variable') return fromValue(emitIn(env, first), 0, steps, env)
  return fromContext(steps, env)
}

/** Whether an expression is nothing but such a chain from its context, which cannot fail. */
export function isNameChain(node: Node): boolean {
  return node.type === 'path' && !node.group && !node.keepSingletonArray && node.steps.every(step => nameStep(step) !== null)
}

const isBare = (node: Node): boolean => !node.predicate && !node.stages && !node.group && !node.keepArray && !node.tuple

function nameStep(node: Node): NameStep | null {
  if (node.type !== 'name' || node.keepArray || node.tuple || node.group || node.predicate) return null
  const [stage, ...more] = node.stages ?? []
  if (!stage) return { name: node.value, at: null }
  if (more.length > 0 || stage.type !== 'filter' || stage.expr.type !== 'number' || !isBare(stage.expr)) return null
  return { name: node.value, at: Math.floor(stage.expr.value as number) }
}

function fromContext(steps: NameStep[], env: Env): string {
  const { value, input, record } = env.context
  if (!record) return fromValue(value, 0, steps, env, input)
  const first = access(value, steps[0]!, env)
  const throughObject = steps.length === 1 ? first : fromValue(first, 1, steps, env)
  if (record === 'true') return throughObject
  return `(${record} ? ${throughObject} : ${slow(input, 0, steps, env, input)})`
}

/** The steps from `index` on over a value; `entered` is the input of the path where the value is its context. */
function fromValue(value: string, index: number, steps: NameStep[], env: Env, entered?: string): string {
  if (index === steps.length) return value
  const held = /^[a-z]\d+$/.test(value) ? value : local(env)
  const taken = held === value ? value : `(${held} = ${value})`
  const step = access(held, steps[index]!, env)
  const next = index === steps.length - 1 ? `${helper(env, 'ended')}(${step})` : fromValue(step, index + 1, steps, env)
  return `(typeof ${taken} === "object" && ${held} !== null ? Array.isArray(${held}) ? ${slow(held, index, steps, env, entered)} : ${next} : undefined)`
}

function slow(items: string, index: number, steps: NameStep[], env: Env, entered?: string): string {
  const from = entered ? `${helper(env, 'enter')}(${entered})` : items
  return `${helper(env, 'names')}(run, ${from}, ${env.shared.unit.constant(steps)}, ${index})`
}

function access(object: string, { name, at }: NameStep, env: Env): string {
  const { unit } = env.shared
  const value = INHERITED.has(name) ? `${helper(env, 'own')}(${object}, ${unit.text(name)})` : unit.member(object, name)
  return at === null ? value : `${helper(env, 'itemAt')}(${value}, ${at})`
}

/** One name as a step of a longer path. */
export function emitName(node: Name, env: Env): string {
  return `${helper(env, 'one')}(${helper(env, 'field')}(run, ${env.context.value}, ${env.shared.unit.text(node.value)}))`
}
