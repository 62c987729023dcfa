import type { Action } from '#core/accounts/roles.ts'
import type { Session } from '../api/types.ts'

/** Whether to offer an action; the hub decides again when it is asked. */
export const may = (session: Session | null, action: Action): boolean =>
  session?.actions.includes(action) ?? false
