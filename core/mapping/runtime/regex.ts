import { createContext, Script } from 'node:vm'
import { ExpressionError, overBudget } from './expression-error.ts'
import { type FunctionValue, functionValue } from './function-value.ts'
import type { Run } from './run.ts'

/** Work of a match that is surely done in a few milliseconds. */
const SAFE_WORK = 4_000_000

/** What all matches on one text get at most, where the pattern may backtrack for long. */
const MATCH_MS = 25

/** Steps that such a text costs: a run cannot do it often. */
const MATCH_STEPS = 10_000

/**
 * A regular expression as JSONata sees it: a function from a text to its first match, which knows the next one.
 * A pattern that could backtrack for long on this text runs under a time limit.
 */
export function regex(source: RegExp): FunctionValue {
  const degree = backtrackingDegree(source.source)
  const expression = new RegExp(source.source, source.flags)
  return functionValue(2, (run, [given, from]) => {
    const text = String(given)
    expression.lastIndex = typeof from === 'number' ? from : 0
    if (text.length ** (degree + 1) <= SAFE_WORK)
      return matchOf(text, () => expression.exec(text), expression)
    const found = timedMatches(run, expression, text).values()
    return matchOf(text, () => found.next().value ?? null, expression)
  })
}

/** One match and the way to the next. */
function matchOf(text: string, exec: () => RegExpExecArray | null, expression: RegExp): unknown {
  const match = exec()
  if (match === null) return undefined
  const end = match.index + match[0].length
  const next = functionValue(0, () => {
    if (end >= text.length) return undefined
    const following = matchOf(text, exec, expression) as { match: string } | undefined
    if (following?.match === '') throw new ExpressionError('D1004', { value: expression.source })
    return following
  })
  return { match: match[0], start: match.index, end, groups: match.slice(1), next }
}

const sandbox: { expression: RegExp | null; text: string } = { expression: null, text: '' }
const context = createContext(sandbox)
const script = new Script(`
  var found = []
  for (let match; (match = expression.exec(text)) !== null; ) {
    found.push(match)
    if (match[0] === '' || expression.lastIndex >= text.length) break
  }
  found`)

/** V8 gives up a running match only when a script times out, so the matching becomes a script. */
function timedMatches(run: Run, expression: RegExp, text: string): RegExpExecArray[] {
  run.spend(MATCH_STEPS)
  Object.assign(sandbox, { expression, text })
  try {
    return script.runInContext(context, { timeout: MATCH_MS }) as RegExpExecArray[]
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw cause
    throw overBudget('The regular expression takes too long on this text.')
  } finally {
    Object.assign(sandbox, { expression: null, text: '' })
  }
}

/** A repeat of a group, a reference back or a look around: nothing is promised about such a pattern. */
const UNPROMISED = /\)(?:[*+]|\{\d+,?\d*\})|\\[1-9k]|\(\?[=!<]/

/** Upper bound of how matching grows with the text: n^(degree + 1). */
export function backtrackingDegree(pattern: string): number {
  const plain = pattern.replace(/\\[^1-9k]/g, 'x').replace(/\[(?:[^\]\\]|\\.)*\]/g, 'x')
  if (UNPROMISED.test(plain)) return Number.POSITIVE_INFINITY
  return plain.match(/[*+]|\{\d+,\d*\}/g)?.length ?? 0
}
