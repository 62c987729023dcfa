import type { StockFilter } from '#core/contracts/store.ts'
import { filterOf, mapPage, pageRequest } from '../paging.ts'
import type { Handler } from '../route.ts'
import { stockView } from '../views/stock-view.ts'

export const listStock: Handler = async (call, { store }) =>
  mapPage(await store.stock.list(filterOf<StockFilter>(call), pageRequest(call)), stockView)
