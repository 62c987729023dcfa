import type { Change, ShadowDocument, ShadowReport } from '#core/sync/shadow-report.ts'
import { blocks, plural } from './facts.ts'
import { table } from './table.ts'

/** Beyond it, the leaves of a document say nothing more to a reader; `--json` has them. */
const MOST_LEAVES = 12

const WORDS: Readonly<Record<ShadowDocument['outcome'], string>> = {
  changed: 'changes',
  new: 'would be new',
  gone: 'would not be made any more',
  skipped: 'would be skipped',
  problems: 'would need a human',
}

interface Line {
  document: string
  leaf: string
  change: string
}

/** What would change, leaf by leaf, then by leaf, then in one sentence. */
export function shadowText(report: ShadowReport, show: number, width: number): string {
  const shown = report.documents.slice(0, show)
  const hidden = report.changed - shown.length
  const columns = [
    { title: 'DOCUMENT', of: (line: Line) => line.document },
    { title: 'LEAF', of: (line: Line) => line.leaf },
    { title: 'CHANGE', of: (line: Line) => line.change },
  ]
  const byLeaf = [
    { title: 'LEAF', of: (leaf: ShadowReport['leaves'][number]) => leaf.pointer },
    {
      title: 'DOCUMENTS',
      of: (leaf: ShadowReport['leaves'][number]) => leaf.documents,
      right: true as const,
    },
  ]
  return blocks(
    comparedText(report),
    shown.length > 0 && table(shown.flatMap(linesOf), columns, width),
    hidden > 0 &&
      `${plural(hidden, 'further document changes', 'further documents change')}: --show <n> lists more.`,
    report.leaves.length > 0 && table(report.leaves.slice(0, 40), byLeaf, width),
    report.outdated > 0 &&
      `${plural(report.outdated, 'document')} would change by a replay alone: an earlier version or table made what is stored.`,
    summaryText(report),
  )
}

function comparedText({ compared, notCompared }: ShadowReport): string {
  const left = notCompared.map(({ reason, count }) => `${count} not compared: ${reason}`)
  return [`${plural(compared, 'message')} compared.`, ...left].join('\n')
}

function linesOf(document: ShadowDocument): Line[] {
  const name = nameOf(document)
  const { outcome, reason, differences, moreDifferences } = document
  if (outcome !== 'changed')
    return [{ document: name, leaf: '', change: [WORDS[outcome], reason].filter(Boolean).join(': ') }]
  const shown = differences.slice(0, MOST_LEAVES)
  const more = differences.length - shown.length + moreDifferences
  return [
    ...shown.map(change => ({ document: name, leaf: change.pointer, change: changeText(change) })),
    ...(more > 0 ? [{ document: name, leaf: '…', change: `${more} more` }] : []),
  ]
}

const nameOf = ({ resource, number, externalId, message }: ShadowDocument): string =>
  externalId === null ? `message ${message}` : `${resource} ${number ?? externalId}`

const changeText = ({ before, after }: Change): string => `${valueText(before)} → ${valueText(after)}`

function valueText(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

function summaryText({ changed, writes, destinations, unchanged }: ShadowReport): string {
  if (changed === 0) return `No document changes; ${plural(unchanged, 'document')} stay as they are.`
  const to = destinations.map(({ connection, writes }) => `${connection} (${writes})`).join(', ')
  const where = destinations.length === 1 ? ` to ${destinations[0]!.connection}` : to && ` to ${to}`
  return `${plural(changed, 'document changes', 'documents change')}, ${plural(writes, 'write')}${where}; ${unchanged} stay as they are.`
}
