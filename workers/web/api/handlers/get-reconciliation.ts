import { reconcile } from '../reconcile.ts'
import type { Handler } from '../route.ts'

export const getReconciliation: Handler = (call, deps) => reconcile(deps, call.principal)
