import type { Handler } from '../route.ts'
import { connectionFor } from '../scope.ts'
import { readInstant } from '../times.ts'
import { replayedView } from '../views/replayed-view.ts'
import { whileHeard } from '../while-heard.ts'

interface Body {
  from?: string
  to?: string
  connection?: string
  dryRun?: boolean
  ratePerSecond?: number
}

export const replayMapping: Handler = async (call, deps) => {
  const { from, to, connection, dryRun, ratePerSecond } = call.body as Body
  if (connection !== undefined) await connectionFor({ ...call, params: { id: connection } }, deps)
  const range = {
    mapping: call.params['id']!,
    from: from === undefined ? undefined : readInstant(from, 'from'),
    to: to === undefined ? undefined : readInstant(to, 'to'),
    ...{ connection, dryRun, ratePerSecond },
  }
  return whileHeard(call, async signal =>
    replayedView(await deps.replayRange({ ...range, signal }, call.principal)),
  )
}
