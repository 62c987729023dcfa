import { useState } from 'preact/hooks'
import { queryOf } from '../api/client.ts'
import { type MappingVersion, mappingPath } from '../api/mapping-types.ts'
import type { List, Session } from '../api/types.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Empty, Panel, Skeleton } from '../components/panel.tsx'
import { may } from '../dead-letters/may.ts'
import { formatInstant, plural, timeOf } from '../format.ts'
import { scopeName } from './layers.ts'
import { ReplayRange } from './replay-range.tsx'
import { RollBack } from './roll-back.tsx'
import type { MappingTarget } from './shadow-panel.tsx'

const LISTED = 100

interface VersionsPanelProps {
  target: MappingTarget
  session: Session | null
  onOpen(version: MappingVersion): void
  onPublished(): void
}

/** What was published and when, newest first. Nothing is ever lost: rolling back is one more version. */
export function VersionsPanel({ target, session, onOpen, onPublished }: VersionsPanelProps) {
  const path = `${mappingPath(target.mapping)}/versions${queryOf({ limit: LISTED })}`
  const { value, error } = useAnswer<List<MappingVersion>>(path)
  const [shown, setShown] = useState(10)
  const versions = value?.items ?? []
  const mayChange = may(session, 'mappings')
  return (
    <Panel id="versions" title="Versions" aside={may(session, 'replay') && <ReplayRange target={target} />}>
      {!value && !error && <Skeleton lines={3} height={20} />}
      {error && (
        <p role="alert" class="panel-note bad">
          {error}
        </p>
      )}
      {value && versions.length === 0 && (
        <Empty title="Nothing is published.">
          <p>The shipped file holds for everybody.</p>
        </Empty>
      )}
      {versions.length > 0 && (
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">Version</th>
                <th scope="col">Published</th>
                <th scope="col" class="optional">
                  By
                </th>
                <th scope="col">
                  <span class="hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {versions.slice(0, shown).map(version => (
                <Row
                  key={`${version.scope} ${version.number}`}
                  version={version}
                  holds={versions.find(({ scope }) => scope === version.scope) === version}
                  mayChange={mayChange}
                  mapping={target.mapping}
                  onOpen={onOpen}
                  onPublished={onPublished}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {versions.length > shown && (
        <footer class="panel-foot">
          <button type="button" onClick={() => setShown(LISTED)}>
            Show {plural(versions.length - shown, 'more version')}
          </button>
        </footer>
      )}
    </Panel>
  )
}

interface RowProps {
  version: MappingVersion
  /** Whether it is the newest of its scope. */
  holds: boolean
  mayChange: boolean
  mapping: string
  onOpen(version: MappingVersion): void
  onPublished(): void
}

function Row({ version, holds, mayChange, mapping, onOpen, onPublished }: RowProps) {
  const { scope, number, by, at, note, text } = version
  const empty = text === ''
  return (
    <tr>
      <th scope="row">
        #{number} for {scopeName(scope)}
        {holds && <span class="chip">{empty ? 'nothing published' : 'holds now'}</span>}
        <small>{empty ? 'Taken back: what is shipped holds.' : note}</small>
      </th>
      <td>{formatInstant(timeOf(at))}</td>
      <td class="optional">{by}</td>
      <td>
        <div class="actions end">
          {!empty && (
            <button type="button" class="quiet" onClick={() => onOpen(version)}>
              Open<span class="hidden"> #{number}</span>
            </button>
          )}
          {mayChange && !(holds && empty) && (
            <RollBack
              mapping={mapping}
              scope={scope}
              to={holds ? 0 : number}
              label={holds ? 'Take back' : 'Roll back'}
              onDone={onPublished}
            />
          )}
        </div>
      </td>
    </tr>
  )
}
