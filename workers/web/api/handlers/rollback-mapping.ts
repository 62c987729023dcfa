import type { RollBack } from '#core/mapping/catalogue/publish.ts'
import type { Handler } from '../route.ts'

export const rollbackMapping: Handler = ({ params, body, principal }, { publishing }) =>
  publishing.rollback({ ...(body as Omit<RollBack, 'mapping'>), mapping: params['id']! }, principal)
