import { causeFor } from '../cause-for.ts'
import type { Handler } from '../route.ts'

export const previewCause: Handler = async (call, deps) => {
  const { cause } = await causeFor(call, deps)
  const { matched } = await deps.operations.replayWhere({ cause }, call.principal, { dryRun: true })
  return { cause, matched }
}
