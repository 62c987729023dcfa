import {
  type ConnectorContext,
  HubError,
  type PushOperation,
  type PushResult,
  type Resource,
} from '../../sdk/index.ts'
import { pushOrder } from './pushes/order.ts'
import { pushReturn } from './pushes/return.ts'
import { pushShipment } from './pushes/shipment.ts'

export type Push = (operation: PushOperation, context: ConnectorContext) => Promise<PushResult>

const PUSHES: Partial<Record<Resource, Push>> = {
  order: pushOrder,
  shipment: pushShipment,
  return: pushReturn,
}

export async function push(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const one = PUSHES[operation.resource]
  if (!one)
    throw new HubError('DESTINATION_UNSUPPORTED', { detail: `Odoo takes no ${operation.resource} from us.` })
  return one(operation, context)
}
