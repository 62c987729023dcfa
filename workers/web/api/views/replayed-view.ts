import type { ReplayRangeReport } from '#core/sync/replay-range.ts'
import { instantOf } from '../times.ts'

export const replayedView = (report: ReplayRangeReport) => ({
  ...report,
  lastDueAt: instantOf(report.lastDueAt ?? undefined) ?? null,
})
