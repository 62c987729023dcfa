import { causeFor } from '../cause-for.ts'
import type { Handler } from '../route.ts'
import { causeView, deadLetterView } from '../views/dead-letter-view.ts'

export const getCause: Handler = async (call, deps) => {
  const cause = await causeFor(call, deps)
  const filter = { cause: cause.cause, tenant: call.principal.tenant, state: 'open' as const }
  const newest = await deps.store.deadLetters.list(filter, { limit: 20 })
  return { ...causeView(cause), letters: newest.items.map(deadLetterView) }
}
