import { causeFor } from '../cause-for.ts'
import type { Handler } from '../route.ts'
import { instantOf } from '../times.ts'

export const replayCause: Handler = async (call, deps) => {
  const { cause } = await causeFor(call, deps)
  const report = await deps.operations.replayWhere(
    { cause },
    call.principal,
    call.body as { ratePerSecond?: number },
  )
  return { cause, ...report, lastDueAt: instantOf(report.lastDueAt ?? undefined) ?? null }
}
