import { type ConnectorContext, HubError, type PushOperation, type PushResult } from '../../sdk/index.ts'
import { pushOrder } from './pushes/order.ts'
import { pushReturn } from './pushes/return.ts'
import { pushShipment } from './pushes/shipment.ts'

export async function push(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  if (operation.resource === 'order') return pushOrder(operation, context)
  if (operation.resource === 'shipment') return pushShipment(operation, context)
  if (operation.resource === 'return') return pushReturn(operation, context)
  throw new HubError('DESTINATION_UNSUPPORTED', { detail: `NetSuite takes no ${operation.resource}.` })
}
