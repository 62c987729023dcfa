import type { ConnectionRow, Finding, MappingRow } from '../api/mapping-types.ts'

/** What differs at one connection in one topic. */
export interface FindingGroup {
  connection: string
  topic: string
  findings: Finding[]
  /** The mapping that takes the topic, where one does. */
  mapping: string | null
}

interface Known {
  mappings: readonly MappingRow[]
  connections: readonly ConnectionRow[]
}

/** In the order of the findings: the group with the newest one first. */
export function groupFindings(
  findings: readonly Finding[],
  { mappings, connections }: Known,
): FindingGroup[] {
  const groups = new Map<string, FindingGroup>()
  for (const finding of findings) {
    const { connection, topic } = finding
    const key = JSON.stringify([connection, topic])
    const connector = connections.find(({ id }) => id === connection)?.connector
    const mapping = mappings.find(row => row.connector === connector && row.topics.includes(topic))
    const group = groups.get(key) ?? { connection, topic, findings: [], mapping: mapping?.id ?? null }
    group.findings.push(finding)
    groups.set(key, group)
  }
  return [...groups.values()]
}
