import type { ConnectionRow } from '../api/mapping-types.ts'
import { DRIFT_KINDS, DRIFT_ORDER } from './drift-kinds.ts'
import type { Filter } from './drift-page.tsx'

interface DriftFilterProps {
  filter: Filter
  connections: readonly ConnectionRow[]
  onFilter(filter: Filter): void
}

export function DriftFilter({ filter, connections, onFilter }: DriftFilterProps) {
  return (
    <search class="filters">
      <label>
        Connection
        <select
          value={filter.connection}
          onChange={event => onFilter({ ...filter, connection: event.currentTarget.value })}
        >
          <option value="">All</option>
          {connections.map(({ id }) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
        </select>
      </label>
      <label>
        Kind
        <select
          value={filter.kind}
          onChange={event => onFilter({ ...filter, kind: event.currentTarget.value as Filter['kind'] })}
        >
          <option value="">All</option>
          {DRIFT_ORDER.map(kind => (
            <option key={kind} value={kind}>
              {DRIFT_KINDS[kind].name}
            </option>
          ))}
        </select>
      </label>
    </search>
  )
}
