import type { DeliveryFilter } from '#core/contracts/store.ts'
import { filterOf, mapPage, pageRequest } from '../paging.ts'
import type { Handler } from '../route.ts'
import { deliveryView } from '../views/delivery-view.ts'

export const listDeliveries: Handler = async (call, { store }) =>
  mapPage(await store.deliveries.list(filterOf<DeliveryFilter>(call), pageRequest(call)), deliveryView)
