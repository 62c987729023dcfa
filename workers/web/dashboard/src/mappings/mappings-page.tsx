import type { ConnectionRow, Finding, MappingRow } from '../api/mapping-types.ts'
import type { List } from '../api/types.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Notice } from '../components/notice.tsx'
import { Empty, Panel, Skeleton } from '../components/panel.tsx'
import { formatCount, plural } from '../format.ts'
import { Link } from '../router.tsx'

/** A page of the API at its largest. */
const ALL = 'limit=200'

export function MappingsPage() {
  const { value, error } = useAnswer<List<MappingRow>>(`/mappings?${ALL}`)
  const drift = useAnswer<List<Finding>>(`/drift?${ALL}`)
  const connections = useAnswer<List<ConnectionRow>>(`/connections?${ALL}`)
  const rows = value?.items ?? []
  const findingsOf = findingCounter(drift.value?.items ?? [], connections.value?.items ?? [])
  return (
    <>
      <div class="page-head">
        <h1>Mappings</h1>
        <p>
          How payloads of partners become documents, and documents what the ERP takes. Open one to try it on a
          message.
        </p>
      </div>
      {error && (
        <Notice tone="bad" title="The mappings cannot be shown.">
          {error}
        </Notice>
      )}
      <Panel id="mappings" title="Mappings" aside={rows.length > 0 && formatCount(rows.length)}>
        {!value && !error && <Skeleton lines={6} height={22} />}
        {value && rows.length === 0 && (
          <Empty title="No mappings.">
            <p>Mappings are files below `mappings/`, or published here over the API.</p>
          </Empty>
        )}
        {rows.length > 0 && (
          <div class="scroll">
            <table>
              <thead>
                <tr>
                  <th scope="col">Mapping</th>
                  <th scope="col" class="optional">
                    Makes
                  </th>
                  <th scope="col" class="wide">
                    Topics
                  </th>
                  <th scope="col">Drift</th>
                  <th scope="col" class="num">
                    Version
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map(row => (
                  <Row key={row.id} row={row} findings={findingsOf(row)} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Panel>
    </>
  )
}

function Row({ row, findings }: { row: MappingRow; findings: number }) {
  const { id, connector, target, topics, version, published, overlays } = row
  return (
    <tr>
      <th scope="row">
        <Link to={`/mappings/${id}`}>{id}</Link>
        <small>{connector}</small>
      </th>
      <td class="optional">{target ?? 'a write to the partner'}</td>
      <td class="wide topics">{topics.join(', ') || '–'}</td>
      <td>
        {findings > 0 ? (
          <Link to="/drift" class="chip warn">
            {plural(findings, 'finding')}
          </Link>
        ) : (
          <small>none</small>
        )}
      </td>
      <td class="num">
        {version}
        {published !== null && <small>#{published} published</small>}
        {overlays.length > 0 && <small>{plural(overlays.length, 'overlay')}</small>}
      </td>
    </tr>
  )
}

/** Findings are counted by connection and topic; a mapping knows its connector and topics. */
function findingCounter(findings: readonly Finding[], connections: readonly ConnectionRow[]) {
  const connectorOf = new Map(connections.map(({ id, connector }) => [id, connector]))
  return ({ connector, topics }: MappingRow): number =>
    findings.filter(
      finding => connectorOf.get(finding.connection) === connector && topics.includes(finding.topic),
    ).length
}
