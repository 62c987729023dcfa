import type { RunProblem, RunResult } from '../../contracts/mapper.ts'
import { type Difference, differences, missingParts } from '../differences.ts'
import type { MappingCase } from './case-file.ts'

/** What came otherwise than a case expects; nothing where all is as expected. */
export interface Verdict {
  /** A sentence each. */
  complaints: string[]
  /** Leaves of the document by their pointer, what stands beside it by its key: `externalId`, `dependsOn/0`. */
  leaves: Difference[]
}

const BESIDE = ['externalId', 'number', 'revision', 'dependsOn'] as const

/** Compares what a record became with what its case expects. */
export function judgeCase(one: MappingCase, result: RunResult): Verdict {
  if (one.skipped !== undefined) return only(judgeSkip(one.skipped, result))
  if (one.problem !== undefined) return only(judgeProblem(one.problem, result))
  if (!result.ok) return only(failureOf(result))
  const { output } = result
  const beside = BESIDE.flatMap(key =>
    one[key] === undefined ? [] : named(key, differences(one[key], output[key])),
  )
  const leaves = [
    ...('expect' in one ? differences(one.expect, output.body) : []),
    ...('include' in one ? missingParts(one.include, output.body) : []),
    ...beside,
  ]
  return { complaints: [], leaves }
}

const only = (complaints: string[]): Verdict => ({ complaints, leaves: [] })

const named = (key: string, found: Difference[]): Difference[] =>
  found.map(difference => ({ ...difference, pointer: `${key}${difference.pointer}` }))

function judgeSkip(reason: string, result: RunResult): string[] {
  if (!result.ok && 'skipped' in result)
    return result.skipped === reason
      ? []
      : [`Expected the record to be skipped as ${reason}, but it is skipped as ${result.skipped}.`]
  return [`Expected the record to be skipped as ${reason}.`, ...failureOf(result)]
}

function judgeProblem(expected: Partial<RunProblem>, result: RunResult): string[] {
  if (result.ok) return ['Expected a problem, but the record was mapped.']
  if ('skipped' in result) return failureOf(result)
  const fits = (problem: RunProblem) => missingParts(expected, problem).length === 0
  return result.problems.some(fits)
    ? []
    : [`Expected the problem ${JSON.stringify(expected)}.`, ...failureOf(result)]
}

function failureOf(result: RunResult): string[] {
  if (result.ok) return ['The record was mapped.']
  if ('skipped' in result) return [`The record was skipped as ${result.skipped}.`]
  return result.problems.map(
    ({ code, message, file, line, column }) =>
      `${code} at ${file ? `${file}:` : ''}${line}:${column}: ${message}`,
  )
}
