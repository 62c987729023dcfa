import { draftFile } from '#core/sync/draft-file.ts'
import type { Handler } from '../route.ts'
import { connectionFor } from '../scope.ts'
import { whileHeard } from '../while-heard.ts'

interface Body {
  text: string
  last: number
  connection?: string
}

/**
 * Only for roles that may read payloads: an expression of the caller's own can carry any field of a payload into the
 * answer, and even which documents change would tell what they hold.
 */
export const shadowMapping: Handler = async (call, deps) => {
  const { text, last, connection } = call.body as Body
  const mapping = call.params['id']!
  if (connection !== undefined) await connectionFor({ ...call, params: { id: connection } }, deps)
  const { tenant } = call.principal
  const file = draftFile(mapping, text)
  return whileHeard(call, signal => deps.shadow({ mapping, file, last, connection, tenant, signal }))
}
