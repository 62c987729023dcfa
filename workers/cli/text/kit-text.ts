import type { CheckResult } from '#connectors/sdk/testkit/run-checks.ts'
import { plural } from './facts.ts'
import type { Paint } from './paint.ts'

/** What the kit found of one connector. */
export interface KitReport {
  connector: string
  /** Why nothing could be checked. */
  problem?: string
  results: CheckResult[]
  passed: number
  failed: number
  skipped: number
}

const MARKS = { passed: '✓', failed: '✗', skipped: '–' } as const
const COLOURS = { passed: 'green', failed: 'red', skipped: 'dim' } as const

/** Group by group, with what is wrong and why something does not apply; then the count. */
export function kitText(report: KitReport, paint: Paint): string {
  const groups = Map.groupBy(report.results, ({ group }) => group)
  const parts = [...groups].map(([group, results]) =>
    [`  ${group}`, ...results.map(result => resultText(result, paint))].join('\n'),
  )
  const problem = report.problem ? [`  ${paint('red', '✗')} ${report.problem}`] : []
  return [report.connector, ...problem, ...parts, `  ${sum(report, paint)}`].join('\n')
}

function resultText({ name, outcome, detail }: CheckResult, paint: Paint): string {
  const mark = paint(COLOURS[outcome], MARKS[outcome])
  if (outcome === 'skipped') return `    ${mark} ${paint('dim', `${name}: ${detail}`)}`
  return `    ${mark} ${name}${detail ? `\n        ${detail.replaceAll('\n', '\n        ')}` : ''}`
}

function sum({ passed, failed, skipped }: KitReport, paint: Paint): string {
  const text = `${plural(passed + failed, 'check')}, ${failed} failed, ${skipped} skipped.`
  return failed > 0 ? paint('red', text) : text
}

/** All connectors on a few lines. */
export function kitSummary(reports: readonly KitReport[], paint: Paint): string {
  const bad = reports.filter(({ failed, problem }) => failed > 0 || problem)
  const text = `${plural(reports.length, 'connector')}, ${bad.length} not conforming${bad.length > 0 ? `: ${bad.map(({ connector }) => connector).join(', ')}` : ''}.`
  return bad.length > 0 ? paint('red', text) : text
}
