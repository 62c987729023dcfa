import { type ConnectorContext, HubError, type PushOperation, type PushResult } from '../../sdk/index.ts'
import { pushInventory } from './pushes/inventory.ts'
import { pushShipment } from './pushes/shipment.ts'

export function push(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  if (operation.resource === 'shipment') return pushShipment(operation, context)
  if (operation.resource === 'inventory') return pushInventory(operation, context)
  throw new HubError('DESTINATION_UNSUPPORTED', { detail: `eBay takes no ${operation.resource}.` })
}
