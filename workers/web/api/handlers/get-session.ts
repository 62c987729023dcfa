import { ACTIONS, allows } from '#core/accounts/roles.ts'
import type { Handler } from '../route.ts'

export const getSession: Handler = ({ principal }) => ({
  ...{
    id: principal.id,
    role: principal.role,
    tenant: principal.tenant ?? null,
    label: principal.label ?? null,
  },
  actions: ACTIONS.filter(action => allows(principal.role, action)),
})
