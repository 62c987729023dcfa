import type { Plan, RunProblem } from '#core/contracts/mapper.ts'
import type { Mapped } from '../map-payload.ts'
import type { MappingFolder } from '../mapping-folder.ts'
import { rulePath } from '../mapping-named.ts'

interface Rules {
  folder: MappingFolder
  plan: Plan
}

/** The document as JSON; else why there is none. */
export function mappedText(mapped: Mapped, rules: Rules): string {
  if ('body' in mapped) return JSON.stringify(mapped, null, 2)
  return failureLines(mapped, rules).join('\n')
}

/** Why a record made no document: each problem with the place of its rule. */
export function failureLines(mapped: Mapped, rules: Rules): string[] {
  if ('skipped' in mapped) return [`– The record is skipped: ${mapped.skipped}.`]
  if ('problems' in mapped) return mapped.problems.flatMap(problem => problemLines(problem, rules))
  return []
}

/** Not every problem of a whole document has a rule. */
function problemLines({ code, message, file, line, column }: RunProblem, { folder, plan }: Rules): string[] {
  const place = line > 0 ? [`    ${rulePath(folder, plan, file)}:${line}:${column}`] : []
  return [`✗ ${code} ${message}`, ...place]
}
