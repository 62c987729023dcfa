import { systemClock } from '../kernel/clock.ts'
import type { Call } from './expression/ast.ts'
import { duplication, isTooDeep, MAX_DUPLICATION } from './expression/bounds.ts'
import { type Parsed, parseExpression, refusal } from './expression/parse.ts'
import { emit, emitExpression } from './lower/emit.ts'
import { site } from './lower/emit-functions.ts'
import { type Env, emitIn, helper, type Language } from './lower/env.ts'
import { EXPRESSION_HELPERS, type ExpressionHelper } from './lower/helpers.ts'
import { isShadowed, newFrameScope, readVariable, visibleNames } from './lower/scope.ts'
import { Frame, Unit } from './lower/unit.ts'
import { impureFunctions, pureFunctions } from './runtime/builtins/builtins.ts'
import { signatureOf } from './runtime/builtins/reference.ts'
import { asExpressionError, ExpressionError, tooDeep } from './runtime/expression-error.ts'
import { type FunctionValue, functionValue } from './runtime/function-value.ts'
import { LIMITS, type Limits, Run } from './runtime/run.ts'
import { one } from './runtime/sequence.ts'

type Bindings = Readonly<Record<string, unknown>>

export type Expression = (input: unknown, bindings?: Bindings) => unknown

export interface ExpressionOptions {
  limits?: Limits
  /** What `$now` and `$millis` answer. */
  now?: () => number
}

const FUNCTIONS = new Map([...pureFunctions, ...impureFunctions])

/**
 * JSONata as a synchronous JavaScript function with the answers and error codes of the reference.
 * Throws `ExpressionError` for a syntax error; so does the function for what goes wrong while it runs.
 */
export function compileExpression(
  text: string,
  variables: readonly string[] = [],
  { limits = LIMITS, now = systemClock.now }: ExpressionOptions = {},
): Expression {
  const lowered = coded(() => lower(text, variables))
  return (input, bindings = {}) => {
    const run = new Run(callable(bindings), new Date(now()), limits)
    return coded(() => lowered(run, input, input))
  }
}

/** Whatever goes wrong has a code, also a stack that is full. */
function coded<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (thrown) {
    throw asExpressionError(thrown) ?? thrown
  }
}

/** A function of JavaScript among the bindings is called with the arguments alone. */
const callable = (bindings: Bindings): Bindings =>
  Object.values(bindings).some(value => typeof value === 'function')
    ? Object.fromEntries(Object.entries(bindings).map(([name, value]) => [name, asFunctionValue(value)]))
    : bindings

function asFunctionValue(value: unknown): unknown {
  if (typeof value !== 'function' || 'arity' in value) return value
  const native = value as (...args: readonly unknown[]) => unknown
  return functionValue(native.length, (_run, args) => native(...args))
}

/** One evaluation of one expression; what is evaluated often is better compiled once. */
export const evaluate = (text: string, input: unknown, bindings: Bindings = {}): unknown =>
  compileExpression(text, Object.keys(bindings))(input, bindings)

/** The parser's own recursion ends a text that nests too deep; one that would keep it for long is not tried. */
const bounded = (text: string): Parsed =>
  text.length > MAX_LENGTH || duplication(text) > MAX_DUPLICATION
    ? refusal('The expression is too long.')
    : parseExpression(text)

const MAX_LENGTH = 250_000

/** As deep as most stacks hold; the rest ends in the same error. */
const MAX_DEPTH = 1_000

/** `root` is what `$$` means, `value` what `$` means. */
type Lowered = (run: Run, root: unknown, value: unknown) => unknown

function lower(text: string, variables: readonly string[]): Lowered {
  const { ast, fault } = bounded(text)
  if (fault) throw new ExpressionError(fault.code, fault)
  if (isTooDeep(ast, MAX_DEPTH)) throw tooDeep()
  const language: Language = {
    functions: FUNCTIONS,
    hubFunctions: new Map(),
    variables: new Set(variables),
    strict: false,
    special: emitEval,
  }
  const unit = new Unit<ExpressionHelper>()
  const frame = new Frame()
  const shared = { unit, language, root: 'root', report: refuse, emit }
  const context = { value: 'value', input: 'input', record: null }
  const wrapped = `${unit.helper('wrapInput')}(value)`
  const code = emitExpression(ast, { shared, frame, scope: newFrameScope(null), context })
  return unit.build(
    EXPRESSION_HELPERS,
    `(run, root, value) => {const input = ${wrapped}; ${frame.head} return ${code}}`,
  ) as Lowered
}

function refuse(): never {
  throw new ExpressionError('S0500', { message: 'This is no expression.' })
}

/** `$eval(text, focus)`: the text sees the variables of the place where it is evaluated. */
function emitEval(name: string, call: Call, env: Env, piped?: string): string | null {
  if (name !== 'eval' || isShadowed(env.scope, name)) return null
  const args = [...(piped === undefined ? [] : [piped]), ...call.arguments.map(node => emitIn(env, node))]
  const { unit } = env.shared
  const variables = [...new Set(visibleNames(env.scope))].map(variable => {
    const value = readVariable(
      env.scope,
      variable,
      () => helper(env, 'UNBOUND'),
      () => 'undefined',
    )
    return `[${unit.text(variable)}]: ${value}`
  })
  const surroundings = `{root, value: ${env.context.value}, variables: {${variables.join(', ')}}}`
  return `${helper(env, 'call')}(run, ${unit.constant(evaluator)}(${surroundings}), {args: [${args.join(', ')}], context: ${env.context.input}, site: ${site(call, env)}})`
}

interface Surroundings {
  root: unknown
  value: unknown
  variables: Bindings
}

/** `$eval` at one place of an expression. */
const evaluator = (surroundings: Surroundings): FunctionValue =>
  functionValue(2, (run, args) => evalText(run, args, surroundings), signatureOf('eval'))

function evalText(
  run: Run,
  [text, focus]: readonly unknown[],
  { root, value, variables }: Surroundings,
): unknown {
  if (text === undefined) return undefined
  const bindings = { ...run.bindings, ...variables }
  const lowered = inEval('D3120', () => lower(text as string, Object.keys(bindings)))
  const inner = new Run(bindings, run.timestamp, { steps: run.steps, depth: run.maxDepth - run.depth })
  const result = inEval('D3121', () => lowered(inner, root, focus === undefined ? value : focus))
  run.steps = inner.steps
  return one(result)
}

/** Errors of the text come back under one code, as in the reference. */
function inEval<Result>(code: string, work: () => Result): Result {
  try {
    return work()
  } catch (thrown) {
    throw new ExpressionError(code, { value: asExpressionError(thrown)?.message })
  }
}
