import type { Difference, TriedRecord } from '../api/mapping-types.ts'
import { Empty } from '../components/panel.tsx'
import { documentLines } from './document-lines.ts'
import { shortened } from './value.tsx'

interface DocumentViewProps {
  record: TriedRecord
  /** Pointers of the leaves that the line under the pointer makes. */
  pointed: ReadonlySet<string>
  onPick(pointer: string): void
}

/** The document as it would be; a leaf that differs from what holds says what it was. */
export function DocumentView({ record, pointed, onPick }: DocumentViewProps) {
  if (record.outcome === 'skipped')
    return (
      <Empty title={`Skipped: ${record.skipped}`}>
        <p>The expression of `skip` holds for this message: no document is made, and it is counted.</p>
      </Empty>
    )
  if (record.document === undefined)
    return (
      <Empty title="No document.">
        <p>Something is wrong with this message under this mapping: see Problems. It would be parked.</p>
      </Empty>
    )
  const changes = new Map(record.differences.map(difference => [difference.pointer, difference]))
  return (
    <div class="document">
      {record.outcome === 'problems' && <p class="document-note">✕ Parked as it is: see Problems.</p>}
      {documentLines(record.document).map(({ indent, text, pointer }, index) => (
        <Line
          key={index}
          indent={indent}
          text={text}
          pointed={pointer !== null && pointed.has(pointer)}
          change={pointer === null ? undefined : changes.get(pointer)}
          onPick={pointer === null ? undefined : () => onPick(pointer)}
        />
      ))}
    </div>
  )
}

interface LineProps {
  indent: number
  text: string
  pointed: boolean
  change: Difference | undefined
  onPick: (() => void) | undefined
}

/** Out of the tab order: there are hundreds, and the lineage says the same by keyboard. */
function Line({ indent, text, pointed, change, onPick }: LineProps) {
  const classes = ['line', change && 'changed', pointed && 'pointed'].filter(Boolean).join(' ')
  const style = { paddingLeft: `${12 + indent * 14}px` }
  if (!onPick)
    return (
      <div class="line" style={style}>
        {text}
      </div>
    )
  return (
    <button type="button" tabIndex={-1} class={classes} style={style} onClick={onPick}>
      {text}
      {change && <small>{wasText(change)}</small>}
    </button>
  )
}

const wasText = ({ before }: Difference): string =>
  before === undefined ? 'new' : `was ${shortened(JSON.stringify(before))}`
