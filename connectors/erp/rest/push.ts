import type { ConnectorContext, PushOperation, PushResult } from '../../sdk/index.ts'
import { type ErpApi, erpApi } from './erp-api.ts'
import { idempotencyKey } from './idempotency-key.ts'
import { searchThenCreate } from './search-then-create.ts'
import { type Strategy, settingsOf } from './settings.ts'

export type Push = (erp: ErpApi, operation: PushOperation, context: ConnectorContext) => Promise<PushResult>

const STRATEGIES: Record<Strategy, Push> = {
  upsert,
  'idempotency-key': idempotencyKey,
  'search-then-create': searchThenCreate,
}

/** Makes the ERP hold exactly one record with the newest content; the README tells how each strategy does it. */
export async function push(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const { strategy } = settingsOf(context.connection)
  return STRATEGIES[strategy](erpApi(operation, context), operation, context)
}

/** The key is the address: however often and after whatever crash, the same PUT makes the same record. */
async function upsert(erp: ErpApi, { key }: PushOperation): Promise<PushResult> {
  const response = await erp.put(key)
  const confirmed = erp.confirmed(response, key)
  if (!confirmed) throw erp.error(response)
  return confirmed
}
