import type { ShadowDocument, ShadowReport } from '../api/mapping-types.ts'
import { Bars } from '../components/bars.tsx'
import { formatCount, plural, sum } from '../format.ts'

const MOST_LEAVES = 12

/** How many documents change, how many writes that means, and which leaves it is. */
export function ShadowFigures({ report }: { report: ShadowReport }) {
  const { messages, compared, notCompared, unchanged, outdated, changed, writes, leaves } = report
  return (
    <>
      <dl class="figures">
        <Figure
          name="Documents change"
          count={changed}
          note={outcomes(report)}
          tone={changed > 0 ? 'warn' : 'ok'}
        />
        <Figure name="Stay as they are" count={unchanged} />
        <Figure name="Writes" count={writes} note={writesTo(report)} />
        <Figure name="Messages compared" count={compared} note={`of ${formatCount(messages)}`} />
      </dl>
      {outdated > 0 && (
        <p class="panel-note">
          {plural(outdated, 'stored document was', 'stored documents were')} made by another version or table:
          different from what holds now, but not by this change.
        </p>
      )}
      {notCompared.length > 0 && (
        <p class="panel-note">
          {plural(sum(notCompared.map(({ count }) => count)), 'message')} not compared:{' '}
          {notCompared.map(({ reason, count }) => `${reason} (${formatCount(count)})`).join(', ')}
        </p>
      )}
      {leaves.length > 0 && (
        <Bars
          label="Documents by changed leaf"
          bars={leaves
            .slice(0, MOST_LEAVES)
            .map(({ pointer, documents }) => ({ name: pointer, count: documents }))}
        />
      )}
      {leaves.length > MOST_LEAVES && (
        <p class="panel-note">{formatCount(leaves.length - MOST_LEAVES)} more leaves change.</p>
      )}
    </>
  )
}

const OUTCOMES: Record<Exclude<ShadowDocument['outcome'], 'changed'>, string> = {
  new: 'new',
  gone: 'gone',
  skipped: 'skipped',
  problems: 'parked',
}

const outcomes = (report: ShadowReport): string | undefined =>
  countedText(report, ({ outcome }) => (outcome === 'changed' ? [] : [OUTCOMES[outcome]]))

const writesTo = (report: ShadowReport): string | undefined =>
  countedText(report, ({ destinations }) => destinations.map(name => `to ${name}`))

/** Only of a list that is whole: of a longer one it would be half the truth. */
function countedText(
  { documents, more }: ShadowReport,
  namesOf: (document: ShadowDocument) => string[],
): string | undefined {
  const counts = new Map<string, number>()
  for (const name of documents.flatMap(namesOf)) counts.set(name, (counts.get(name) ?? 0) + 1)
  if (more > 0 || counts.size === 0) return undefined
  return [...counts].map(([name, count]) => `${formatCount(count)} ${name}`).join(' · ')
}

interface FigureProps {
  name: string
  count: number
  note?: string
  tone?: 'ok' | 'warn'
}

const Figure = ({ name, count, note, tone }: FigureProps) => (
  <div>
    <dt>{name}</dt>
    <dd class={`number ${tone ?? ''}`}>{formatCount(count)}</dd>
    {note && <dd class="note">{note}</dd>}
  </div>
)
