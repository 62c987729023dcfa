import { type Api, asHubError, type ConnectorContext, HubError } from '../../../sdk/index.ts'
import { listIn } from '../api.ts'

export const INVENTORY = '/sell/inventory/v1'

/** What eBay takes in one bulk call. */
export const MOST = 25

export interface Seller {
  api: Api
  context: ConnectorContext
}

export interface Offer {
  offerId: string
  status?: string
  availableQuantity?: number
}

interface BulkItem {
  sku?: string
  inventoryItem?: { availability?: { shipToLocationAvailability?: { quantity?: number } } }
}

/** eBay tells the offers of one SKU a call. Asked side by side, so that what comes after goes out together. */
export const liveOffers = ({ api, context }: Seller, sku: string): Promise<Offer[]> =>
  context.together<string, Offer[]>(sku, {
    name: 'offers',
    max: MOST,
    send: skus => Promise.all(skus.map(one => offersOf(api, one).catch(asHubError))),
  })

/** Offers that are not published cannot be changed with the stock. A SKU without any is no mistake. */
async function offersOf(api: Api, sku: string): Promise<Offer[]> {
  try {
    const { body } = await api.call({ path: `${INVENTORY}/offer`, query: { sku, limit: 100 } })
    return listIn<Offer>(body, 'offers').filter(({ status }) => status === 'PUBLISHED')
  } catch (thrown) {
    if (thrown instanceof HubError && thrown.fingerprint === 'no-offer') return []
    throw thrown
  }
}

/** The least of the item's own figure and those of its offers; null where none is told. */
export async function shownOf(
  { api, context }: Seller,
  sku: string,
  offers: readonly Offer[],
): Promise<number | null> {
  const ofItem = await context.together<string, number | undefined>(sku, {
    name: 'stock of items',
    max: MOST,
    async send(skus) {
      const { body } = await api.call({
        method: 'POST',
        path: `${INVENTORY}/bulk_get_inventory_item`,
        body: { requests: [...new Set(skus)].map(one => ({ sku: one })) },
        safeToRepeat: true,
      })
      const items = listIn<BulkItem>(body, 'responses')
      return skus.map(one => quantityIn(items.find(item => item.sku === one)))
    },
  })
  const figures = [ofItem, ...offers.map(({ availableQuantity }) => availableQuantity)]
  const told = figures.filter(figure => typeof figure === 'number')
  return told.length > 0 ? Math.min(...told) : null
}

const quantityIn = (item: BulkItem | undefined): number | undefined =>
  item?.inventoryItem?.availability?.shipToLocationAvailability?.quantity
