import { useState } from 'preact/hooks'
import type { ShadowDocument, ShadowReport } from '../api/mapping-types.ts'
import { Chevron } from '../components/chevron.tsx'
import { Empty } from '../components/panel.tsx'
import { formatCount, plural } from '../format.ts'
import { Link } from '../router.tsx'
import { Differences } from './differences.tsx'
import { shortened } from './value.tsx'

const FIRST = 20

/** Every document that would change, leaf by leaf. */
export function ShadowDocuments({ report: { documents, more, compared } }: { report: ShadowReport }) {
  const [shown, setShown] = useState(FIRST)
  if (compared === 0)
    return (
      <Empty title="Nothing to compare.">
        <p>No message of this mapping’s topics is stored.</p>
      </Empty>
    )
  if (documents.length === 0)
    return (
      <Empty title="No document would change.">
        <p>Publishing this text would write nothing anywhere.</p>
      </Empty>
    )
  return (
    <>
      <ul class="letters">
        {documents.slice(0, shown).map((document, index) => (
          <Changed key={index} document={document} open={index === 0} />
        ))}
      </ul>
      {documents.length > shown && (
        <footer class="panel-foot">
          <button type="button" onClick={() => setShown(count => count + 100)}>
            Show more
          </button>{' '}
          <small>{plural(documents.length - shown, 'document')} listed below</small>
        </footer>
      )}
      {more > 0 && <p class="panel-note">{formatCount(more)} more documents change and are not listed.</p>}
    </>
  )
}

const WORDS: Record<ShadowDocument['outcome'], string> = {
  changed: 'changes',
  new: 'would be new',
  gone: 'would not be made any more',
  skipped: 'would be skipped',
  problems: 'would be parked',
}

const writtenTo = (destinations: readonly string[]): string =>
  destinations.length > 0 ? `written to ${destinations.join(', ')}` : ''

/** One change is said in the line; of more, how many. */
function summaryOf({ differences, moreDifferences }: ShadowDocument): string {
  const [first, second] = differences
  if (!first) return ''
  if (second) return plural(differences.length + moreDifferences, 'leaf', 'leaves')
  const [before, after] = [first.before, first.after].map(value =>
    value === undefined ? 'absent' : shortened(JSON.stringify(value)),
  )
  return `${first.pointer} ${before} → ${after}`
}

function Changed({ document, open: first }: { document: ShadowDocument; open: boolean }) {
  const [open, setOpen] = useState(first)
  const { resource, number, externalId, outcome, reason, differences, moreDifferences, destinations } =
    document
  const name = number ?? externalId ?? document.message
  return (
    <li class="letter">
      <div class="letter-line">
        <button type="button" class="disclose" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Chevron />
          <span>
            {resource} {name} {WORDS[outcome]}
            {reason && `: ${reason}`}
            <small>{[summaryOf(document), writtenTo(destinations)].filter(Boolean).join(' · ')}</small>
          </span>
        </button>
        {document.id && (
          <Link to={`/trace?number=${encodeURIComponent(name)}`} class="button">
            Trace<span class="hidden"> {name}</span>
          </Link>
        )}
      </div>
      {open && differences.length > 0 && (
        <Differences differences={differences} label={`Changes of ${resource} ${name}`} />
      )}
      {open && moreDifferences > 0 && <p class="panel-note">{formatCount(moreDifferences)} more leaves.</p>}
    </li>
  )
}
