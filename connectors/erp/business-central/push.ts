import { type ConnectorContext, HubError, type PushOperation, type PushResult } from '../../sdk/index.ts'
import { pushOrder } from './push/order.ts'
import { pushReturn } from './push/return.ts'
import { pushShipment } from './push/shipment.ts'

const PUSHES = { order: pushOrder, return: pushReturn, shipment: pushShipment } as const

export async function push(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const run = (PUSHES as Partial<Record<string, typeof pushOrder>>)[operation.resource]
  if (run) return run(operation, context)
  throw new HubError('DESTINATION_UNSUPPORTED', { detail: operation.resource })
}
