import { type ConnectorContext, HubError, type PushOperation, type PushResult } from '../../sdk/index.ts'
import { pushInventory } from './pushes/inventory.ts'
import { pushShipment } from './pushes/shipment.ts'

export async function push(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  if (operation.resource === 'inventory') return pushInventory(operation, context)
  if (operation.resource === 'shipment') return pushShipment(operation, context)
  throw new HubError('DESTINATION_UNSUPPORTED', { detail: `BigCommerce takes no ${operation.resource}.` })
}
