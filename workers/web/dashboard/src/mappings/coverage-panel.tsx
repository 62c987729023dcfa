import { useState } from 'preact/hooks'
import { queryOf } from '../api/client.ts'
import { type Coverage, type CoverageField, mappingPath } from '../api/mapping-types.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Empty, Panel, Skeleton } from '../components/panel.tsx'
import { formatCount, plural } from '../format.ts'
import type { MappingTarget } from './shadow-panel.tsx'

const LAST = 200
const FIRST = 24

/** Which fields of live payloads the mapping reads. */
export function CoveragePanel({ target: { mapping, connection } }: { target: MappingTarget }) {
  const path = `${mappingPath(mapping)}/coverage${queryOf({ last: LAST, connection })}`
  const { value, error } = useAnswer<Coverage>(path)
  return (
    <Panel id="coverage" title="Coverage" aside={value && `newest ${plural(value.messages, 'message')}`}>
      {!value && !error && <Skeleton lines={3} height={20} />}
      {error && (
        <p role="alert" class="panel-note bad">
          {error}
        </p>
      )}
      {value?.fields.length === 0 && (
        <Empty title="Nothing to measure yet.">
          <p>As soon as messages are stored, their fields are counted here.</p>
        </Empty>
      )}
      {value && value.fields.length > 0 && <Fields coverage={value} />}
    </Panel>
  )
}

function Fields({ coverage: { fields } }: { coverage: Coverage }) {
  const [all, setAll] = useState(false)
  const unread = fields.filter(({ read }) => !read).toSorted((a, b) => b.count - a.count)
  const parts = partsOf(fields)
  const shown = all ? unread : unread.slice(0, FIRST)
  return (
    <div class="coverage">
      <div class="parts" aria-hidden="true">
        {parts.map(({ kind, count }) => (
          <i key={kind} class={kind} style={{ flexGrow: count }} />
        ))}
      </div>
      <ul class="legend" aria-label="Fields">
        {parts.map(({ kind, count, words }) => (
          <li key={kind}>
            <i class={`swatch ${kind}`} aria-hidden="true" />
            <b>{formatCount(count)}</b> {words}
          </li>
        ))}
      </ul>
      {unread.length > 0 && (
        <ul class="fields" aria-label="Unread fields">
          {shown.map(({ pointer, count, declared }) => (
            <li key={pointer}>
              <code>{pointer}</code>
              <small>
                {plural(count, 'time')}
                {declared ? '' : ' · undeclared'}
              </small>
            </li>
          ))}
        </ul>
      )}
      {unread.length > shown.length && (
        <button type="button" onClick={() => setAll(true)}>
          Show all {formatCount(unread.length)} unread fields
        </button>
      )}
    </div>
  )
}

interface Part {
  kind: 'read' | 'unread' | 'undeclared'
  count: number
  words: string
}

function partsOf(fields: readonly CoverageField[]): Part[] {
  const count = (test: (field: CoverageField) => boolean) => fields.filter(test).length
  const parts: Part[] = [
    { kind: 'read', count: count(({ read }) => read), words: 'read by a rule' },
    { kind: 'unread', count: count(({ read, declared }) => !read && declared), words: 'unread' },
    {
      kind: 'undeclared',
      count: count(({ read, declared }) => !read && !declared),
      words: 'unread and not in the source schema',
    },
  ]
  return parts.filter(part => part.count > 0)
}
