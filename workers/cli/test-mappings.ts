import type { Problem } from '#core/contracts/mapper.ts'
import { type CaseReport, reportCases } from '#core/mapping/cases.ts'
import type { Difference } from '#core/mapping/differences.ts'
import { ruleOf } from '#core/mapping/rule-of.ts'
import { type MappingFolder, planNamed } from './mapping-folder.ts'
import { isNamed, type NamedMapping, overlayMappings, rulePath, shippedMapping } from './mapping-named.ts'

/** A leaf that differs, with the rule behind it: what a repair begins with. */
export interface TestedLeaf extends Difference {
  rule: { file: string; line: number; column: number; expression: string } | null
}

export interface TestedCase extends CaseReport {
  leaves: TestedLeaf[]
}

export interface TestedMapping {
  /** Id of a mapping, or path of an overlay. */
  mapping: string
  /** Null where none stand beside it. */
  cases: TestedCase[] | null
  /** Path of the test file, as an editor opens it. */
  file: string | null
}

export interface Tested {
  items: TestedMapping[]
  cases: number
  failed: number
  /** What does not compile, in the whole folder. */
  problems: Problem[]
}

/** The mappings that are named, or all, and the overlays that are laid over them; a folder of overlays has mappings of its own too. */
export function mappingsToTest(folder: MappingFolder, names: readonly string[]): NamedMapping[] {
  const shippedIds = new Set(folder.plans.map(({ id }) => id))
  const layers = overlayMappings(folder).flatMap(one => (one.plan ? [{ ...one, plan: one.plan }] : []))
  const isOwn = ({ name, plan }: NamedMapping, given: string) =>
    !shippedIds.has(plan.id) && (isNamed(name, given) || plan.id === given)
  const others = names.filter(given => !layers.some(one => isOwn(one, given)))
  const plans = names.length > 0 ? others.map(name => planNamed(folder, name)) : folder.plans
  const ids = new Set(plans.map(({ id }) => id))
  const wanted = layers.filter(
    one =>
      ids.has(one.plan.id) ||
      (names.length === 0 && !shippedIds.has(one.plan.id)) ||
      names.some(given => isOwn(one, given)),
  )
  return [...plans.map(plan => shippedMapping(folder, plan)), ...wanted]
}

/** Runs their cases; an overlay's on what it makes of its mapping. */
export function testMappings(folder: MappingFolder, mappings: readonly NamedMapping[]): Tested {
  const items = mappings.map(one => testMapping(folder, one))
  const all = items.flatMap(({ cases }) => cases ?? [])
  return {
    items,
    cases: all.length,
    failed: all.filter(({ ok }) => !ok).length,
    problems: folder.problems.filter(({ severity }) => severity === 'error'),
  }
}

function testMapping(folder: MappingFolder, { name, plan, cases, readCase }: NamedMapping): TestedMapping {
  if (!cases) return { mapping: name, cases: null, file: null }
  const reports = reportCases({ mapper: folder.mapper, plan, readFile: readCase }, cases)
  const lineage = reports.some(({ leaves }) => leaves.length > 0) ? folder.mapper.describe(plan) : []
  const traced = (leaf: Difference): TestedLeaf => {
    const found = ruleOf(lineage, leaf.pointer)
    if (!found) return { ...leaf, rule: null }
    const { expression, line, column } = found
    return { ...leaf, rule: { file: rulePath(folder, plan, found.file), line, column, expression } }
  }
  return {
    mapping: name,
    cases: reports.map(report => ({ ...report, leaves: report.leaves.map(traced) })),
    file: rulePath(folder, plan, cases.path),
  }
}
