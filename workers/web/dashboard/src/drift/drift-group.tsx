import type { DriftKind } from '#core/contracts/store.ts'
import type { Finding } from '../api/mapping-types.ts'
import type { Session } from '../api/types.ts'
import { Panel } from '../components/panel.tsx'
import { may } from '../dead-letters/may.ts'
import { formatCount, formatInstant, plural, timeOf } from '../format.ts'
import { Link } from '../router.tsx'
import { ClearDrift } from './clear-drift.tsx'
import { DRIFT_KINDS, DRIFT_ORDER } from './drift-kinds.ts'
import type { FindingGroup } from './group-findings.ts'
import { MessageLink } from './message-link.tsx'

interface DriftGroupProps {
  group: FindingGroup
  session: Session | null
  onCleared(): void
}

/** The findings of one connection and topic by kind, each kind with what to do. */
export function DriftGroup({ group, session, onCleared }: DriftGroupProps) {
  const { connection, topic, findings, mapping } = group
  return (
    <Panel
      id={`drift-${connection}-${topic}`}
      title={`${connection} · ${topic}`}
      aside={
        <div class="actions">
          {mapping && (
            <Link to={`/mappings/${mapping}`} class="button">
              Open mapping
            </Link>
          )}
          {may(session, 'mappings') && <ClearDrift group={group} onCleared={onCleared} />}
        </div>
      }
    >
      {DRIFT_ORDER.map(kind => (
        <Kind key={kind} kind={kind} findings={findings.filter(finding => finding.kind === kind)} />
      ))}
    </Panel>
  )
}

function Kind({ kind, findings }: { kind: DriftKind; findings: readonly Finding[] }) {
  if (findings.length === 0) return null
  const { title, advice } = DRIFT_KINDS[kind]
  return (
    <div class="drift-kind">
      <h3>
        {title} <span class="chip warn">{formatCount(findings.length)}</span>
      </h3>
      <p>{advice}</p>
      <div class="scroll">
        <table class="findings" aria-label={title}>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col" class="sample">
                Sample
              </th>
              <th scope="col" class="num">
                Seen
              </th>
              <th scope="col" class="optional when">
                First and last
              </th>
              <th scope="col" class="go">
                <span class="hidden">Message</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {findings.map(finding => (
              <Row key={`${finding.pointer} ${finding.value}`} finding={finding} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

function Row({
  finding: { kind, pointer, value, count, firstAt, lastAt, sample, message },
}: {
  finding: Finding
}) {
  return (
    <tr>
      <th scope="row">
        <code>{pointer}</code>
        {value && (
          <small>
            {kind === 'type-change' ? 'now ' : 'value '}
            <code>{value}</code>
          </small>
        )}
      </th>
      <td class="sample">{sample ? <code>{sample}</code> : <small>–</small>}</td>
      <td class="num">{plural(count, 'time')}</td>
      <td class="optional">
        {formatInstant(timeOf(firstAt))}
        {lastAt !== firstAt && <small>{formatInstant(timeOf(lastAt))}</small>}
      </td>
      <td class="go">
        <MessageLink id={message} />
      </td>
    </tr>
  )
}
