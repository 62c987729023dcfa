import type { MappedDocument, RunContext, RunResult } from '../contracts/mapper.ts'
import { parseInstant } from '../kernel/instant.ts'
import type { Leaf } from './check/shape.ts'
import type { Compiled } from './compile.ts'
import { digitsOf, kindOf } from './functions/hub-function.ts'
import { failed, missing } from './runtime/leaf-values.ts'
import { MappingRun } from './runtime/mapping-run.ts'
import { isRecord } from './runtime/sequence.ts'

const NO_CONTEXT: RunContext = Object.freeze({})

/** Runs a lowered mapping over one record. Never throws for data. */
export function runMapping(compiled: Compiled, input: unknown, context: RunContext = NO_CONTEXT): RunResult {
  if (!isRecord(input)) return noRecord(input)
  return finished(new MappingRun(input, context), compiled)
}

export function noRecord(input: unknown): RunResult {
  const message = `The record is ${kindOf(input)}, not an object.`
  return { ok: false, problems: [{ code: 'MAPPING_TYPE', target: '', message, line: 1, column: 1 }] }
}

/** What a mapping makes in a run that has just begun. */
export function finished(run: MappingRun, compiled: Compiled): RunResult {
  try {
    compiled.run(run, run.root)
  } catch (thrown) {
    failed(run, thrown, { leaf: compiled.leaves[0]!, indices: [] })
  }
  if (run.skipped) return { ok: false, skipped: compiled.skipReason }
  const output = run.body && finish(run, compiled)
  return run.problems.length > 0 || !output ? { ok: false, problems: run.problems } : { ok: true, output }
}

function finish(run: MappingRun, { incoming, leafOf }: Compiled): MappedDocument {
  const { number, revision } = run
  const output: MappedDocument = {
    externalId: identityOf(run, leafOf.identity, incoming),
    dependsOn: run.dependsOn,
    body: run.body!,
  }
  if (number !== undefined && number !== null && number !== '')
    output.number = textOf(run, leafOf.number!, number)
  if (revision !== undefined && revision !== null)
    output.revision = revisionOf(run, leafOf.revision!, revision)
  return output
}

/** An outgoing mapping needs no identity: the document's own stands. */
function identityOf(run: MappingRun, leaf: Leaf | null, required: boolean): string {
  const { identity } = run
  if (identity !== undefined && identity !== null && identity !== '') return textOf(run, leaf!, identity)
  if (leaf && required) missing(run, { leaf, indices: [], context: run.root })
  return ''
}

function textOf(run: MappingRun, leaf: Leaf, value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' && Number.isFinite(value)) return digitsOf(value)
  wrong(run, leaf, `must be a text or a number, but its rule gives ${kindOf(value)}.`)
  return ''
}

/** Epoch milliseconds of an instant, or a number as it is. */
function revisionOf(run: MappingRun, leaf: Leaf, value: unknown): number | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  const instant = typeof value === 'string' ? parseInstant(value) : null
  if (!instant)
    wrong(
      run,
      leaf,
      `must be a date and time with an offset, or a number, but its rule gives ${kindOf(value)} that is neither.`,
    )
  return instant?.ms
}

function wrong(run: MappingRun, leaf: Leaf, what: string): void {
  run.report({
    code: 'MAPPING_TYPE',
    target: '',
    message: `${leaf.pointer} ${what}`,
    ...leaf.expression.place,
  })
}
