import { parse, stringify } from 'yaml'
import type { Mapper, MappingFile, Plan, RunResult } from '../../contracts/mapper.ts'
import type { CaseResult, ReadFile } from '../cases.ts'
import { leavesOf } from './leaves.ts'
import { namedBy } from './named-by.ts'
import { type CaseFile, runSafely } from './run-safely.ts'

export interface Comparison {
  mapper: Mapper
  readCase: ReadFile
  before: Plan
  after: Plan
  overlay: MappingFile
}

/** Runs each case of the mapping below without and with the overlay: what differs must be what the overlay names. */
export function sideEffects(
  { mapper, readCase, before, after, overlay }: Comparison,
  file: CaseFile,
): CaseResult[] {
  const named = namedBy(overlay)
  return casesOf(file.text).map(one => {
    const found: string[] = []
    let ran = false
    const comparing: Mapper = {
      compile: mapper.compile,
      run(plan, input, context) {
        ran = true
        const result = mapper.run(plan, input, context)
        found.push(...unnamed(result, mapper.run(after, input, context), named))
        return result
      },
    }
    const alone = { path: file.path, text: stringify({ cases: [one] }) }
    const results = runSafely({ mapper: comparing, plan: before, readCase }, alone)
    return ran ? { name: one.name, ok: found.length === 0, differences: found } : results[0]!
  })
}

function casesOf(text: string): { name: string }[] {
  const content = parse(text) as { cases?: { name: string }[] } | null
  return content?.cases ?? []
}

function unnamed(before: RunResult, after: RunResult, named: (leaf: string) => boolean): string[] {
  const [then, now] = [before, after].map(outcomeOf) as [string, string]
  if (then !== now) return named('skip') && `${then} ${now}`.includes('skipped') ? [] : [`${then} → ${now}`]
  if (!before.ok || !after.ok) return []
  const [old, fresh] = [leavesOf(before.output), leavesOf(after.output)]
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .filter(leaf => old.get(leaf) !== fresh.get(leaf) && !named(leaf))
    .map(
      leaf =>
        `${leaf}: ${old.get(leaf) ?? 'nothing'} → ${fresh.get(leaf) ?? 'nothing'}, and the overlay does not name it`,
    )
}

function outcomeOf(result: RunResult): string {
  if (result.ok) return 'a document'
  if ('skipped' in result) return `skipped as ${result.skipped}`
  return result.problems.map(({ code, message }) => `${code}: ${message}`).join(' ')
}
