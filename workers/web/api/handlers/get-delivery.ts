import type { Handler } from '../route.ts'
import { visible } from '../scope.ts'
import { deliveryView } from '../views/delivery-view.ts'

export const getDelivery: Handler = async (call, { store }) =>
  deliveryView(visible(call, await store.deliveries.get(call.params['id']!)))
