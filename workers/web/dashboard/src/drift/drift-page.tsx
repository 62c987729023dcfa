import { useMemo, useState } from 'preact/hooks'
import type { DriftKind } from '#core/contracts/store.ts'
import { queryOf } from '../api/client.ts'
import type { ConnectionRow, Finding, MappingRow } from '../api/mapping-types.ts'
import type { List, Session } from '../api/types.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Notice } from '../components/notice.tsx'
import { Empty, Panel, Skeleton } from '../components/panel.tsx'
import { plural } from '../format.ts'
import { DriftFilter } from './drift-filter.tsx'
import { DriftGroup } from './drift-group.tsx'
import { groupFindings } from './group-findings.ts'

const ALL = { limit: 200 }

export interface Filter {
  connection: string
  kind: DriftKind | ''
}

/** Where live payloads differ from the declared source schemas. */
export function DriftPage({ session }: { session: Session | null }) {
  const [filter, setFilter] = useState<Filter>({ connection: '', kind: '' })
  const { value, error, reload } = useAnswer<List<Finding>>(`/drift${queryOf({ ...filter, ...ALL })}`)
  const mappings = useAnswer<List<MappingRow>>(`/mappings${queryOf(ALL)}`)
  const connections = useAnswer<List<ConnectionRow>>(`/connections${queryOf(ALL)}`)
  const groups = useMemo(
    () =>
      groupFindings(value?.items ?? [], {
        mappings: mappings.value?.items ?? [],
        connections: connections.value?.items ?? [],
      }),
    [value, mappings.value, connections.value],
  )
  const filtered = filter.connection !== '' || filter.kind !== ''
  return (
    <>
      <div class="page-head with-actions">
        <div>
          <h1>Drift</h1>
          <p>
            Where live payloads differ from the declared source schemas. Nothing stops for it: it is counted
            here.
          </p>
        </div>
        <DriftFilter filter={filter} connections={connections.value?.items ?? []} onFilter={setFilter} />
      </div>
      {error && (
        <Notice tone="bad" title="Drift cannot be shown.">
          {error}
        </Notice>
      )}
      {!value && !error && (
        <Panel id="drift-loading" title="Findings">
          <Skeleton lines={6} height={22} />
        </Panel>
      )}
      {value && groups.length === 0 && <None filtered={filtered} />}
      {groups.map(group => (
        <DriftGroup
          key={`${group.connection} ${group.topic}`}
          group={group}
          session={session}
          onCleared={reload}
        />
      ))}
      {value && value.total > value.items.length && (
        <p class="fine">
          The newest {value.items.length} of {plural(value.total, 'finding')} are shown. Choose a connection
          to see the others.
        </p>
      )}
    </>
  )
}

const None = ({ filtered }: { filtered: boolean }) => (
  <Panel id="drift-none" title="Findings">
    {filtered ? (
      <Empty title="Nothing of this kind.">
        <p>No finding matches the filter.</p>
      </Empty>
    ) : (
      <Empty title="Live traffic matches the declared schemas.">
        <p>New fields, missing fields, new values and other types would be counted here, with a sample.</p>
      </Empty>
    )}
  </Panel>
)
