import { type ConnectorContext, HubError, type PushOperation, type PushResult } from '../../sdk/index.ts'
import { pushShipment } from './pushes/shipment.ts'
import { pushStock } from './pushes/stock.ts'

/** Stock and tracking back to the shop. Returns and refunds are the merchant’s: the hub makes none. */
export function push(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  if (operation.resource === 'inventory') return pushStock(operation, context)
  if (operation.resource === 'shipment') return pushShipment(operation, context)
  throw new HubError('DESTINATION_UNSUPPORTED', { detail: `Shopify takes no ${operation.resource}.` })
}
