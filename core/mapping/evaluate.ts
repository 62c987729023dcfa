import { systemClock } from '../kernel/clock.ts'
import type { Call } from './expression/ast.ts'
import { parseExpression } from './expression/parse.ts'
import { emit, emitExpression } from './lower/emit.ts'
import { type Env, emitIn, helper, type Language } from './lower/env.ts'
import { EXPRESSION_HELPERS, type ExpressionHelper } from './lower/helpers.ts'
import { isShadowed, newFrameScope, readVariable, visibleNames } from './lower/scope.ts'
import { Frame, Unit } from './lower/unit.ts'
import { impureFunctions, pureFunctions } from './runtime/builtins/builtins.ts'
import { asExpressionError, ExpressionError } from './runtime/expression-error.ts'
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
  const lowered = lower(text, variables)
  return (input, bindings = {}) => {
    try {
      return lowered(new Run(bindings, new Date(now()), limits), input, input)
    } catch (thrown) {
      throw asExpressionError(thrown) ?? thrown
    }
  }
}

/** One evaluation of one expression; what is evaluated often is better compiled once. */
export const evaluate = (text: string, input: unknown, bindings: Bindings = {}): unknown =>
  compileExpression(text, Object.keys(bindings))(input, bindings)

/** `root` is what `$$` means, `value` what `$` means. */
type Lowered = (run: Run, root: unknown, value: unknown) => unknown

function lower(text: string, variables: readonly string[]): Lowered {
  const { ast, fault } = parseExpression(text)
  if (fault) throw new ExpressionError(fault.code, { message: fault.message, position: fault.offset })
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
  return `${unit.constant(evalText)}(run, [${args.join(', ')}], root, ${env.context.value}, {${variables.join(', ')}})`
}

function evalText(
  run: Run,
  [text, focus]: unknown[],
  root: unknown,
  value: unknown,
  variables: Bindings,
): unknown {
  if (text === undefined) return undefined
  if (typeof text !== 'string') throw new ExpressionError('T0410', { token: 'eval' })
  const bindings = { ...run.bindings, ...variables }
  const lowered = inEval('D3120', () => lower(text, Object.keys(bindings)))
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
