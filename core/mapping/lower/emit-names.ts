import type { Name, Node, Path } from '../expression/ast.ts'
import type { NameStep } from '../runtime/path.ts'
import { type Env, emitIn, helper, local } from './env.ts'

/** Accesses nest in the code, each with what follows it. */
const MAX_STEPS = 32

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
  if (!steps.every(step => step !== null) || steps.length === 0 || steps.length > MAX_STEPS) return null
  if (first.type === 'variable') return fromValue(emitIn(env, first), 0, { steps, env, entered: null })
  return fromContext(steps, env)
}

/** Whether an expression is nothing but such a chain from its context, which cannot fail. */
export function isNameChain(node: Node): boolean {
  return (
    node.type === 'path' &&
    !node.group &&
    !node.keepSingletonArray &&
    node.steps.length <= MAX_STEPS &&
    node.steps.every(step => nameStep(step) !== null)
  )
}

const isBare = (node: Node): boolean =>
  !node.predicate && !node.stages && !node.group && !node.keepArray && !node.tuple

function nameStep(node: Node): NameStep | null {
  if (node.type !== 'name' || node.keepArray || node.tuple || node.group || node.predicate) return null
  const [stage, ...more] = node.stages ?? []
  if (!stage) return { name: node.value, at: null }
  if (more.length > 0 || stage.type !== 'filter' || stage.expr.type !== 'number' || !isBare(stage.expr))
    return null
  return { name: node.value, at: Math.floor(stage.expr.value as number) }
}

/** A chain that is being lowered; `entered` is the input of the path while its context itself is looked at. */
interface Chain {
  steps: readonly NameStep[]
  env: Env
  entered: string | null
}

function fromContext(steps: readonly NameStep[], env: Env): string {
  const { value, input, record } = env.context
  if (!record) return fromValue(value, 0, { steps, env, entered: input })
  const first = access(value, steps[0]!, env)
  const throughObject = steps.length === 1 ? first : fromValue(first, 1, { steps, env, entered: null })
  if (record === 'true') return throughObject
  return `(${record} ? ${throughObject} : ${overItems(input, 0, { steps, env, entered: input })})`
}

/** The steps from `index` on over a value. */
function fromValue(value: string, index: number, chain: Chain): string {
  const { steps, env } = chain
  if (index === steps.length) return value
  const held = /^[a-z]\d+$/.test(value) ? value : local(env)
  const taken = held === value ? value : `(${held} = ${value})`
  const member = access(held, steps[index]!, env)
  const last = index === steps.length - 1
  const next = last
    ? `${helper(env, 'ended')}(${member})`
    : fromValue(member, index + 1, { ...chain, entered: null })
  const object = `Array.isArray(${held}) ? ${overItems(held, index, chain)} : ${next}`
  return `(typeof ${taken} === "object" && ${held} !== null ? ${object} : undefined)`
}

/** From here on an array: a helper goes through it. */
function overItems(items: string, index: number, { steps, env, entered }: Chain): string {
  const from = entered ? `${helper(env, 'enter')}(${entered})` : items
  return `${helper(env, 'names')}(run, ${from}, ${env.shared.unit.constant(steps)}, ${index})`
}

function access(object: string, { name, at }: NameStep, env: Env): string {
  const { unit } = env.shared
  const value = INHERITED.has(name)
    ? `${helper(env, 'own')}(${object}, ${unit.text(name)})`
    : unit.member(object, name)
  return at === null ? value : `${helper(env, 'itemAt')}(${value}, ${at})`
}

/** One name as a step of a longer path. */
export function emitName(node: Name, env: Env): string {
  return `${helper(env, 'one')}(${helper(env, 'field')}(run, ${env.context.value}, ${env.shared.unit.text(node.value)}))`
}
