import type { HealthSnapshot } from '#core/health/snapshot-types.ts'
import { StatusIcon } from '../components/status.tsx'
import { plural } from '../format.ts'

/** The one sentence for somebody who only glances. */
export function Verdict({ snapshot }: { snapshot: HealthSnapshot }) {
  const { status, summary, connections, flows } = snapshot
  const well = connections.filter(connection => connection.status === 'ok').length
  return (
    <div class="verdict">
      <StatusIcon status={status} size={28} />
      <div>
        <h1>{summary}</h1>
        {connections.length > 0 && (
          <p>
            {well} of {plural(connections.length, 'connection')} OK
            {flows.length > 0 && ` · ${plural(flows.length, 'flow')}`}
          </p>
        )}
      </div>
    </div>
  )
}
