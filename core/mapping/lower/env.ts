import type { Call, Node } from '../expression/ast.ts'
import type { FunctionValue } from '../runtime/function-value.ts'
import type { ExpressionHelper } from './helpers.ts'
import { boundNames, newFrameScope, type Scope, tupleNames } from './scope.ts'
import { Frame, type Unit } from './unit.ts'

/** What an expression may name beside its own variables. */
export interface Language {
  /** JSONata's functions. */
  readonly functions: ReadonlyMap<string, FunctionValue>
  /** The hub's functions: called directly, without a check of their arguments. */
  readonly hubFunctions: ReadonlyMap<string, HubCallable>
  /** Variables that the caller binds. */
  readonly variables: ReadonlySet<string>
  /** Unknown names are reported; else they are absent, as in the reference. */
  readonly strict: boolean
  /** Code for a call that the surroundings lower themselves, or null; `piped` stands left of `~>`. */
  special?(name: string, call: Call, env: Env, piped?: string): string | null
}

export interface HubCallable {
  readonly arity: number
  readonly required: number
  readonly run: (...args: never[]) => unknown
  readonly value: FunctionValue
}

export interface Fault {
  code: 'FUNCTION_UNKNOWN' | 'VARIABLE_UNKNOWN' | 'ARGUMENTS_WRONG' | 'TABLE_UNKNOWN' | 'EXPRESSION_WRONG'
  message: string
  hint?: string
}

/** The context of an expression in generated code. */
export interface Context {
  /** `$` */
  value: string
  /** What paths start from: an array that is the whole input counts as one item there. */
  input: string
  /** A boolean constant that says whether `value` is a plain object of the source; null where that is not known. */
  record: string | null
}

export interface Shared {
  readonly unit: Unit<ExpressionHelper>
  readonly language: Language
  /** `$$` */
  readonly root: string
  readonly report: (node: Node, fault: Fault) => void
  /** Code that gives the node's value. The one entry for every part of the lowering, so that no part imports another. */
  readonly emit: (node: Node, env: Env) => string
}

export interface Env {
  readonly shared: Shared
  readonly frame: Frame
  readonly scope: Scope
  readonly context: Context
}

/** Code of a value; or of a sequence that still has to be reduced to one value. */
export type Emitted = string | { sequence: string }

export const emitIn = (env: Env, node: Node): string => env.shared.emit(node, env)

export const helper = (env: Env, name: ExpressionHelper): string => env.shared.unit.helper(name)

/** A new local variable of the function that is being generated. */
export const local = (env: Env, prefix = 't'): string => env.frame.local(env.shared.unit.name(prefix))

/** `(context) => …`: evaluates in the context of an item. */
export function itemClosure(env: Env, body: (inner: Env) => string): string {
  const name = env.shared.unit.name('c')
  return arrow([name], { ...env, frame: new Frame(), context: itemContext(name) }, body)
}

/** `(items) => …`: evaluates once, in the context of all items of a path. */
export function wholeClosure(env: Env, body: (inner: Env) => string): string {
  const name = env.shared.unit.name('c')
  const context = { value: `${helper(env, 'one')}(${name})`, input: name, record: null }
  return arrow([name], { ...env, frame: new Frame(), context }, body)
}

/** `(context, tuple) => …`: evaluates a node in the context of a tuple's value; `path` says which names it may bind. */
export function tupleClosure(env: Env, path: Node, node: Node): string {
  const [name, tuple] = [env.shared.unit.name('c'), env.shared.unit.name('u')]
  const scope = newFrameScope({
    kind: 'tuple',
    names: new Set(tupleNames(path)),
    js: tuple,
    outer: env.scope,
  })
  const inner = { ...env, frame: new Frame(), scope, context: itemContext(name) }
  declare(inner, scope, boundNames([node]))
  return arrow([name, tuple], inner, () => {
    const code = emitIn(inner, node)
    return `(${[...resets(inner, scope), code].join(', ')})`
  })
}

const itemContext = (name: string): Context => ({ value: name, input: name, record: null })

export function arrow(parameters: readonly string[], env: Env, body: (inner: Env) => string): string {
  const code = body(env)
  const { head } = env.frame
  return head
    ? `(${parameters.join(', ')}) => {${head} return ${code}}`
    : `(${parameters.join(', ')}) => (${code})`
}

/** Declares the names that `:=` binds in a new frame of variables. */
export function declare(env: Env, scope: Extract<Scope, { kind: 'frame' }>, names: readonly string[]): void {
  for (const name of names) {
    if (!scope.variables.has(name))
      scope.variables.set(name, { js: local(env, 'x'), definite: false, early: false })
  }
}

/** Code that makes variables unbound that are read before they are surely bound. */
export function resets(env: Env, scope: Extract<Scope, { kind: 'frame' }>): string[] {
  return [...scope.variables.values()]
    .filter(variable => variable.early)
    .map(({ js }) => `${js} = ${helper(env, 'UNBOUND')}`)
}
