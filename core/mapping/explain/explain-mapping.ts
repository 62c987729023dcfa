import type { RunContext } from '../../contracts/mapper.ts'
import type { Compiled } from '../compile.ts'
import { finished, noRecord } from '../run-mapping.ts'
import { chargeDeep } from '../runtime/charge.ts'
import { asExpressionError } from '../runtime/expression-error.ts'
import { plainJson } from '../runtime/plain-json.ts'
import { Run } from '../runtime/run.ts'
import { isRecord } from '../runtime/sequence.ts'
import type { Explained, ExplainedLeaf } from './explained.ts'
import { type Evaluation, ExplainingRun } from './explaining-run.ts'

/** Runs a mapping that was compiled to be traced: the same result as without, and where every value came from. */
export function explainMapping(compiled: Compiled, input: unknown, context: RunContext = {}): Explained {
  if (!isRecord(input)) return { result: noRecord(input), leaves: [] }
  const run = new ExplainingRun(input, context)
  const result = finished(run, compiled)
  run.rest()
  run.fields.given(run.body)
  return { result, leaves: inPlace(run.evaluations).flatMap(evaluation => explained(evaluation, run)) }
}

/** An item that gave nothing left its place to the next one. */
function inPlace(evaluations: readonly Evaluation[]): Evaluation[] {
  const last = new Map(evaluations.map(evaluation => [evaluation.pointer, evaluation]))
  return evaluations.filter(
    evaluation => !evaluation.rule.inDocument || last.get(evaluation.pointer) === evaluation,
  )
}

function explained(evaluation: Evaluation, run: ExplainingRun): ExplainedLeaf[] {
  const { rule, pointer, reading, isItem } = evaluation
  const value = (rule.inDocument ? memberAt(run.body, pointer) : undefined) ?? given(evaluation, run)
  if (isItem && value === undefined) return []
  const { fields, entries } = reading.made()
  return [
    {
      pointer,
      ...(value === undefined ? {} : { value }),
      expression: rule.expression.text,
      ...rule.expression.place,
      sources: fields.map(field => field.pointer),
      tables: [...entries],
    },
  ]
}

/** Values that nobody would read: expressions can make large ones of little. */
const MOST_PARTS = 10_000

/** What the rule gave, as JSON. */
function given(evaluation: Evaluation, run: ExplainingRun): unknown {
  const value = evaluation.given ?? undefined
  try {
    chargeDeep(new Run({}, run.timestamp, { steps: MOST_PARTS, depth: 1 }), value)
  } catch (thrown) {
    if (asExpressionError(thrown)) return undefined
    throw thrown
  }
  return run.fields.given(plainJson(value))
}

function memberAt(document: unknown, pointer: string): unknown {
  let found = document
  for (const segment of pointer.split('/').slice(1)) {
    const name = segment.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined
    found = (found as Record<string, unknown>)[name]
  }
  return found
}
