import type { Node } from '../expression/ast.ts'
import { children } from '../expression/walk.ts'

/** A variable of the expression and the identifier that holds it. */
interface Variable {
  js: string
  /** Bound before whatever is emitted from here on. */
  definite: boolean
  /** Somewhere it was read before it was surely bound. */
  early: boolean
}

/**
 * The variables that an expression sees, as the reference's chain of frames: a block or a call of a lambda has its own,
 * and a step over tuples has what the tuple binds.
 */
export type Scope =
  | { kind: 'frame'; variables: Map<string, Variable>; lambda: boolean; outer: Scope | null }
  | { kind: 'tuple'; names: ReadonlySet<string>; js: string; outer: Scope | null }

export const newFrameScope = (outer: Scope | null, lambda = false): Extract<Scope, { kind: 'frame' }> => ({
  kind: 'frame',
  variables: new Map(),
  lambda,
  outer,
})

/** The code that reads a variable: frame by frame, until one has surely bound it; `global` answers for the rest. */
export function readVariable(
  scope: Scope | null,
  name: string,
  unbound: () => string,
  global: () => string,
): string {
  if (!scope) return global()
  const outside = () => readVariable(scope.outer, name, unbound, global)
  if (scope.kind === 'tuple') {
    const key = JSON.stringify(name)
    return scope.names.has(name)
      ? `(Object.hasOwn(${scope.js}, ${key}) ? ${scope.js}[${key}] : ${outside()})`
      : outside()
  }
  const variable = scope.variables.get(name)
  if (!variable) return outside()
  if (variable.definite) return variable.js
  variable.early = true
  return `(${variable.js} === ${unbound()} ? ${outside()} : ${variable.js})`
}

/** Whether a variable may be bound by the expression itself, so that its global meaning is not certain. */
export function isShadowed(scope: Scope | null, name: string): boolean {
  for (let current = scope; current; current = current.outer) {
    if (current.kind === 'frame' ? current.variables.has(name) : current.names.has(name)) return true
  }
  return false
}

/** Whether a lambda reads a variable that may be bound by the time it is called: its own name, say. */
export function isBoundByThen(scope: Scope | null, name: string): boolean {
  let called = false
  for (let current = scope; current; current = current.outer) {
    if (current.kind === 'tuple' ? current.names.has(name) : current.variables.has(name)) return called
    called ||= current.kind === 'frame' && current.lambda
  }
  return false
}

/** The frame that `:=` binds in. */
export function bindingFrame(scope: Scope | null): Extract<Scope, { kind: 'frame' }> {
  let current = scope
  while (current && current.kind !== 'frame') current = current.outer
  if (!current) throw new Error('An expression always has a frame.')
  return current
}

/** Names that `:=` binds in the frame of these nodes: not those in blocks and lambdas, which have their own. */
export function boundNames(nodes: readonly Node[]): string[] {
  return nodes.flatMap(node => {
    if (node.type === 'block' || node.type === 'lambda') return []
    const below = boundNames(children(node))
    return node.type === 'bind' ? [node.lhs.value, ...below] : below
  })
}

/** Names that the steps of a path bind in its tuples, at any depth. */
export function tupleNames(node: Node): string[] {
  const bound = [
    node.focus,
    node.index,
    node.ancestor?.label,
    ...(node.stages ?? []).map(stage => (stage.type === 'index' ? stage.value : undefined)),
  ]
  return [...bound.filter(name => name !== undefined), ...children(node).flatMap(tupleNames)]
}

/** The node itself where its value may be a stream of tuples: a block around a path that binds. */
export const tupleSource = (node: Node): Node | null => (tupleNames(node).length > 0 ? node : null)

/** Names that can be read here, for hints. */
export function visibleNames(scope: Scope | null): string[] {
  if (!scope) return []
  const names = scope.kind === 'frame' ? scope.variables.keys() : scope.names
  return [...names, ...visibleNames(scope.outer)]
}
