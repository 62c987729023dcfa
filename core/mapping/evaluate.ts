import { systemClock } from '../kernel/clock.ts'
import { parseExpression } from './expression/parse.ts'
import { emit, emitExpression } from './lower/emit.ts'
import type { Language } from './lower/env.ts'
import { EXPRESSION_HELPERS, type ExpressionHelper } from './lower/helpers.ts'
import { newFrameScope } from './lower/scope.ts'
import { Frame, Unit } from './lower/unit.ts'
import { impureFunctions, pureFunctions } from './runtime/builtins/builtins.ts'
import { asExpressionError, ExpressionError } from './runtime/expression-error.ts'
import { LIMITS, type Limits, Run } from './runtime/run.ts'
import { wrapInput } from './runtime/sequence.ts'

export type Expression = (input: unknown, bindings?: Readonly<Record<string, unknown>>) => unknown

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
export function compileExpression(text: string, variables: readonly string[] = [], options: ExpressionOptions = {}): Expression {
  const { ast, fault } = parseExpression(text)
  if (fault) throw new ExpressionError(fault.code, { message: fault.message, position: fault.offset })
  const language: Language = { functions: FUNCTIONS, hubFunctions: new Map(), variables: new Set(variables), strict: false }
  const unit = new Unit<ExpressionHelper>()
  const frame = new Frame()
  const shared = { unit, language, root: 'root', report: refuse, emit }
  const context = { value: 'root', input: 'input', record: null }
  const code = emitExpression(ast, { shared, frame, scope: newFrameScope(null), context })
  const lowered = unit.build(EXPRESSION_HELPERS, `(run, root, input) => {${frame.head} return ${code}}`) as Lowered
  const { limits = LIMITS, now = systemClock.now } = options
  return (input, bindings = {}) => run(lowered, new Run(bindings, new Date(now()), limits), input)
}

type Lowered = (run: Run, root: unknown, input: unknown) => unknown

function run(lowered: Lowered, state: Run, input: unknown): unknown {
  try {
    return lowered(state, input, wrapInput(input))
  } catch (thrown) {
    throw asExpressionError(thrown) ?? thrown
  }
}

function refuse(): never {
  throw new ExpressionError('S0500', { message: 'This is no expression.' })
}

/** One evaluation of one expression; what is evaluated often is better compiled once. */
export const evaluate = (text: string, input: unknown, bindings: Readonly<Record<string, unknown>> = {}): unknown =>
  compileExpression(text, Object.keys(bindings))(input, bindings)
