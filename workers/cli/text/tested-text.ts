import type { Tested, TestedCase, TestedLeaf, TestedMapping } from '../test-mappings.ts'
import { diffLines } from './diff-text.ts'
import { blocks, plural } from './facts.ts'
import type { Paint } from './paint.ts'
import { problemLine } from './problems-text.ts'

/** More leaves of one case say nothing new to a reader; `--json` has them. */
const MOST_LEAVES = 12

export interface Shown {
  dir: string
  width: number
  paint: Paint
  /** The command that tells more of a case. */
  explain(mapping: string, name: string): string
}

/** What does not compile, what failed and why, and the count. */
export function testedText(tested: Tested, shown: Shown): string {
  const { items, cases, failed, problems } = tested
  const count = `${plural(cases, 'case')}, ${failed} failed.`
  return blocks(
    problems.map(one => problemLine(shown.dir, one)).join('\n'),
    items
      .map(item => mappingText(item, shown))
      .join('\n')
      .trimEnd(),
    failed > 0 ? shown.paint('red', count) : count,
  )
}

function mappingText({ mapping, cases, file }: TestedMapping, shown: Shown): string {
  const { paint } = shown
  if (cases === null) return `– ${mapping} has no cases beside it`
  const bad = cases.filter(({ ok }) => !ok)
  if (bad.length === 0) return `${paint('green', '✓')} ${mapping}  ${plural(cases.length, 'case')}`
  const legend = bad.some(({ leaves }) => leaves.length > 0) ? '  (- expected, + got)' : ''
  return [
    `${paint('red', '✗')} ${mapping}  ${bad.length} of ${plural(cases.length, 'case')} failed${paint('dim', legend)}`,
    ...bad.flatMap(one => ['', ...caseLines(one, { ...shown, mapping, file })]),
    '',
  ].join('\n')
}

function caseLines(
  { name, line, column, complaints, leaves }: TestedCase,
  { mapping, file, ...shown }: Shown & Pick<TestedMapping, 'mapping' | 'file'>,
): string[] {
  const { paint } = shown
  const listed = leaves.slice(0, MOST_LEAVES)
  const more = leaves.length - listed.length
  const lines = [
    ...complaints,
    ...listed.flatMap(leaf => leafLines(leaf, shown)),
    ...(more > 0 ? [`… and ${plural(more, 'leaf', 'leaves')} more: --json has them`] : []),
    ...(leaves.length > 0 ? [paint('dim', `more: ${shown.explain(mapping, name)}`)] : []),
  ]
  return [
    `  ${paint('red', '✗')} ${name}  ${paint('dim', `${file}:${line}:${column}`)}`,
    ...lines.map(text => `    ${text}`),
  ]
}

function leafLines(leaf: TestedLeaf, { width, paint }: Shown): string[] {
  const { pointer, rule } = leaf
  const place = rule ? `  ${rule.file}:${rule.line}:${rule.column}  ${rule.expression}` : ''
  const values = diffLines(leaf, { width: width - 6, paint })
  return [`${pointer || '/'}${paint('dim', place)}`, ...values.map(text => `  ${text}`)]
}
