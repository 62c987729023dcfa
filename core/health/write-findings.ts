import type { Drift, DriftFinding } from '../contracts/store.ts'
import type { Telemetry } from '../contracts/telemetry.ts'
import { type HeldFinding, keyOf, MOST_FINDINGS, type SeriesFindings } from './drift-findings.ts'
import { type MaskSample, sampleOf } from './drift-sample.ts'

export interface WriteFindingsDeps {
  store: { drift: Pick<Drift, 'add' | 'list'> }
  telemetry: Telemetry
  mask: MaskSample
}

/** Adds the findings of one connection and topic to the stored ones, all or none, and says which are new. */
export async function writeFindings(
  { store, telemetry, mask }: WriteFindingsDeps,
  findings: SeriesFindings,
): Promise<void> {
  const [{ connection, topic }] = findings.all as [HeldFinding]
  // Read each time and not remembered: other processes add, and people clear.
  const stored = await store.drift.list({ connection, topic }, { limit: MOST_FINDINGS })
  const known = new Set(stored.items.map(keyOf))
  const added = findings.foldedBeside(known).map(finding => masked(finding, mask))
  await store.drift.add(added)
  for (const finding of added) if (!known.has(keyOf(finding))) announce(telemetry, finding)
}

const masked = ({ sample, ...finding }: HeldFinding, mask: MaskSample): DriftFinding => ({
  ...finding,
  sample: finding.kind === 'new-value' ? finding.value : sampleOf(finding.pointer, sample, mask),
})

function announce(telemetry: Telemetry, finding: DriftFinding): void {
  const { connection, topic, kind, pointer, value, message } = finding
  telemetry.count('drift_total', { connection, kind })
  telemetry.log('warn', 'source drift', { connection, topic, kind, pointer, value, message })
}
