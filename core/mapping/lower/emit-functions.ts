import type { Apply, Bind, Block, Call, Lambda, Node, Transform, Variable } from '../expression/ast.ts'
import { QUICK } from '../runtime/builtins/quick.ts'
import { arrow, declare, type Emitted, type Env, emitIn, helper, itemClosure, local, resets } from './env.ts'
import { bindingFrame, boundNames, isBoundByThen, isShadowed, newFrameScope, readVariable } from './scope.ts'
import { Frame } from './unit.ts'
import { reportUnknownFunction, reportUnknownVariable, reportWrongCount } from './unknown-names.ts'

export function emitVariable(node: Variable, env: Env): string {
  if (node.value === '') return env.context.value
  return readNamed(node.value, env, () => reportUnknownVariable(node, env))
}

/** A variable by name; `$` is the root. Functions are values too. */
function readNamed(name: string, env: Env, unknown: () => void): string {
  const { unit, language, root } = env.shared
  if (name === '$') return root
  return readVariable(
    env.scope,
    name,
    () => helper(env, 'UNBOUND'),
    () => {
      if (language.variables.has(name)) return `run.binding(${unit.text(name)})`
      const value = language.hubFunctions.get(name)?.value ?? language.functions.get(name)
      if (value) return unit.constant(value)
      if (!isBoundByThen(env.scope, name)) unknown()
      return 'undefined'
    },
  )
}

export function emitBind(node: Bind, env: Env): string {
  const scope = bindingFrame(env.scope)
  declare(env, scope, [node.lhs.value])
  return `(${scope.variables.get(node.lhs.value)!.js} = ${emitIn(env, node.rhs)})`
}

/** A block has its own variables; what a statement of it binds is sure from the next one on. */
export function emitBlock(node: Block, env: Env): string {
  const scope = newFrameScope(env.scope)
  const inner = { ...env, scope }
  declare(inner, scope, boundNames(node.expressions))
  const statements = node.expressions.map(statement => {
    const code = emitIn(inner, statement)
    if (statement.type === 'bind') scope.variables.get(statement.lhs.value)!.definite = true
    return code
  })
  return statements.length === 0 ? 'undefined' : `(${[...resets(env, scope), ...statements].join(', ')})`
}

export function emitLambda(node: Lambda, env: Env): string {
  if (node.thunk) return emitTail(node.body as Call, env)
  const [args, scope] = [env.shared.unit.name('a'), newFrameScope(env.scope, true)]
  const inner: Env = { ...env, frame: new Frame(), scope }
  const parameters = node.arguments.map((parameter, index) => {
    const js = local(inner, 'x')
    scope.variables.set(parameter.value, { js, definite: true, early: false })
    return `${js} = ${args}[${index}]`
  })
  declare(inner, scope, boundNames([node.body]))
  const lambda = arrow(['run', args], inner, () => {
    const body = emitIn(inner, node.body)
    return `(${[...parameters, ...resets(inner, scope), body].join(', ')})`
  })
  const signature = node.signature ? `, ${env.shared.unit.constant(node.signature)}` : ''
  return `${helper(env, 'functionValue')}(${node.arguments.length}, ${lambda}${signature})`
}

/** A call in tail position of a lambda is given back to the loop that called the lambda. */
function emitTail(node: Call, env: Env): string {
  return `new (${helper(env, 'Tail')})(${emitProcedure(node, env)}, [${node.arguments.map(argument => emitIn(env, argument)).join(', ')}], ${site({ ...node, position: node.procedure.position! }, env)})`
}

/** `f(a, b)`; `piped` is the first argument where the call stands right of `~>`. */
export function emitCall(node: Call, env: Env, piped?: string): Emitted {
  const { unit, language } = env.shared
  const name = functionName(node, env)
  const special = name === null ? null : language.special?.(name, node, env, piped)
  if (special) return special
  const args = [
    ...(piped === undefined ? [] : [piped]),
    ...node.arguments.map(argument => emitIn(env, argument)),
  ]
  if (name !== null) reportWrongCount(name, args.length, node, env)
  const hub = name === null ? undefined : language.hubFunctions.get(name)
  if (hub) return `${unit.constant(hub.run)}(${args.join(', ')})`
  const general = (values: string) =>
    `${helper(env, 'call')}(run, ${emitProcedure(node, env)}, { args: [${values}], context: ${env.context.input}, site: ${site(node, env)} })`
  const quick = name === null || node.predicate || node.keepArray ? undefined : QUICK.get(name)
  if (quick?.arity !== args.length) return { sequence: general(args.join(', ')) }
  return emitQuick(quick.run, args, values => `${helper(env, 'one')}(${general(values)})`, env)
}

/** The quick form where it covers the arguments, the full call else. */
function emitQuick(
  run: unknown,
  args: readonly string[],
  general: (values: string) => string,
  env: Env,
): string {
  const held = args.map(() => local(env))
  const result = local(env)
  const taken = args.map((argument, index) => `${held[index]} = ${argument}`).join(', ')
  const values = held.join(', ')
  return `(${taken}, (${result} = ${env.shared.unit.constant(run)}(${values})) !== ${helper(env, 'NO_QUICK')} ? ${result} : ${general(values)})`
}

/** The name of a function that surely means the global one. */
function functionName({ procedure }: Call, env: Env): string | null {
  if (procedure.type !== 'variable' || procedure.predicate || isShadowed(env.scope, procedure.value))
    return null
  return env.shared.language.variables.has(procedure.value) ? null : procedure.value
}

function emitProcedure(node: Call, env: Env, code: 'T1005' | 'T1007' = 'T1005'): string {
  const { procedure } = node
  if (procedure.type === 'variable' && procedure.value !== '') {
    const value = readNamed(procedure.value, env, () => reportUnknownFunction(procedure.value, node, env))
    return procedure.predicate || procedure.group ? emitIn(env, procedure) : value
  }
  const value = emitIn(env, procedure)
  const first = procedure.type === 'path' ? procedure.steps[0]! : null
  if (first?.type !== 'name') return value
  const known =
    env.shared.language.functions.has(first.value) || env.shared.language.hubFunctions.has(first.value)
  if (env.shared.language.strict) reportUnknownFunction(first.value, node, env)
  const named = known ? 'true' : readNamed(first.value, env, () => undefined)
  return `${helper(env, 'called')}(${value}, ${named}, ${JSON.stringify(code)}, ${site(node, env)})`
}

/** Where a call stands and what it calls, for errors. */
export function site(node: Call, env: Env): string {
  const { procedure } = node
  const token =
    procedure.type === 'path'
      ? (procedure.steps[0] as { value?: unknown }).value
      : (procedure as { value?: unknown }).value
  const named = typeof token === 'string' || typeof token === 'number' ? token : undefined
  return env.shared.unit.constant({ position: node.position ?? 0, token: named })
}

export function emitPartial(node: Call, env: Env): string {
  const args = node.arguments.map(argument =>
    argument.type === 'operator' ? helper(env, 'OPEN') : emitIn(env, argument),
  )
  return `${helper(env, 'partial')}(${emitProcedure(node, env, 'T1007')}, [${args.join(', ')}], ${site(node, env)})`
}

export function emitApply(node: Apply, env: Env): Emitted {
  const left = emitIn(env, node.lhs)
  if (node.rhs.type === 'function') return emitCall(node.rhs, env, left)
  return {
    sequence: `${helper(env, 'chain')}(run, ${left}, ${emitIn(env, node.rhs)}, ${node.position ?? 0})`,
  }
}

export function emitTransform(node: Transform, env: Env): string {
  const closure = (part: Node) => itemClosure(env, inner => emitIn(inner, part))
  const clone = readNamed('clone', env, () => undefined)
  const positions = {
    whole: node.position ?? 0,
    update: node.update.position ?? 0,
    remove: node.delete?.position ?? 0,
  }
  return `${helper(env, 'transform')}({clone: ${clone}, pattern: ${closure(node.pattern)}, update: ${closure(node.update)}, remove: ${node.delete ? closure(node.delete) : 'null'}, positions: ${env.shared.unit.constant(positions)}})`
}
