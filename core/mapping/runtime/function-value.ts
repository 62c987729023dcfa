import type { Signature } from '../expression/ast.ts'
import { ExpressionError, tooDeep } from './expression-error.ts'
import type { Run } from './run.ts'

/** A function as a value of an expression: lambda, built-in, hub function, regular expression or partial application. */
export interface FunctionValue {
  (run: Run, args: readonly unknown[], context: unknown): unknown
  /** How many arguments it takes: higher-order functions pass no more. */
  arity: number
  /** Checks and completes the arguments; a partial application skips it, as in the reference. */
  signature?: Signature
}

export const isFunction = (value: unknown): value is FunctionValue => typeof value === 'function'

type Body = (run: Run, args: readonly unknown[], context: unknown) => unknown

export function functionValue(arity: number, body: Body, signature?: Signature): FunctionValue {
  const value = body as FunctionValue
  value.arity = arity
  if (signature) value.signature = signature
  return value
}

/** A call in tail position: the caller's loop runs it, so that tail recursion needs no stack. */
export class Tail {
  readonly target: unknown
  readonly args: unknown[]
  /** Where the call stands in the text; null for a call that `~>` makes of two functions. */
  readonly site: CallSite | null

  constructor(target: unknown, args: unknown[], site: CallSite | null) {
    this.target = target
    this.args = args
    this.site = site
  }
}

/** Calls a function value and every tail call that comes out of it. */
export function apply(run: Run, target: unknown, args: readonly unknown[], context: unknown): unknown {
  if (++run.depth > run.maxDepth) throw tooDeep()
  let result = invoke(run, target, args, context)
  while (result instanceof Tail) result = invokeTail(run, result, context)
  run.depth--
  return result
}

function invokeTail(run: Run, { target, args, site }: Tail, context: unknown): unknown {
  try {
    return invoke(run, target, args, context)
  } catch (thrown) {
    throw site ? located(thrown, site) : thrown
  }
}

function invoke(run: Run, target: unknown, args: readonly unknown[], context: unknown): unknown {
  run.spend(1)
  if (!isFunction(target)) throw new ExpressionError('T1006')
  return target(run, target.signature ? target.signature.validate(args as unknown[], context) : args, context)
}

/** A call in the text: errors say where and of which function. */
export function call(run: Run, target: unknown, { args, context, site }: Call): unknown {
  try {
    return apply(run, target, args, context)
  } catch (thrown) {
    throw located(thrown, site)
  }
}

interface Call {
  args: readonly unknown[]
  context: unknown
  site: CallSite
}

export interface CallSite {
  position: number
  token: string | number | undefined
}

/** Adds position and function to an error that has none. */
export function located(thrown: unknown, site: CallSite): unknown {
  if (
    typeof thrown !== 'object' ||
    thrown === null ||
    (thrown instanceof Error && !(thrown instanceof ExpressionError))
  )
    return thrown
  const fault = thrown as { position?: number | undefined; token?: string | number | undefined }
  fault.position ??= site.position
  fault.token ??= site.token
  return thrown
}

/** Marks the arguments that a partial application leaves open. */
export const OPEN = Symbol('open argument')

/** `$f(?, 2)`: a function of the open arguments. */
export function partial(target: unknown, args: readonly unknown[], site: CallSite): FunctionValue {
  if (!isFunction(target)) throw new ExpressionError('T1008', site)
  const bound = args.slice(0, target.arity)
  const open = bound.flatMap((argument, index) => (argument === OPEN ? [index] : []))
  return functionValue(open.length, (run, given, context) => {
    const filled = [...bound]
    for (const [n, index] of open.entries()) filled[index] = given[n]
    return target(run, filled, context)
  })
}

/** `lhs ~> $f`: a value goes in, two functions become one. */
export function chain(run: Run, left: unknown, right: unknown, position: number): unknown {
  if (!isFunction(right)) throw new ExpressionError('T2006', { position, value: right })
  if (!isFunction(left)) return apply(run, right, [left], undefined)
  return functionValue(
    1,
    (inner, args) => new Tail(right, [apply(inner, left, args.slice(0, 1), undefined)], null),
  )
}

/** The arguments that a higher-order function passes: no more than the function takes. */
export function passed(target: FunctionValue, value: unknown, key: unknown, whole: unknown): unknown[] {
  if (target.arity >= 3) return [value, key, whole]
  return target.arity >= 2 ? [value, key] : [value]
}
