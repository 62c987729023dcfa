import type { ConnectorContext } from '../../../sdk/index.ts'
import type { AdminApi } from '../admin/admin-api.ts'

export interface Shop {
  api: AdminApi
  context: ConnectorContext
}

/** Where the figures of a document stand at the shop; both are global ids. */
export interface StockPlace {
  item: string
  location: string
}
