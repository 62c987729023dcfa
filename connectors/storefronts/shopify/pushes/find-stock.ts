import { HubError, type PushOperation } from '../../../sdk/index.ts'
import type { AdminApi } from '../admin/admin-api.ts'
import {
  ITEM,
  ITEMS_BY_SKU,
  type ItemsBySku,
  type OneItem,
  type Quantity,
  STOCK,
  STOCK_PLACES,
  type Stock,
  type StockPlaces,
} from '../operations/stock.ts'
import type { ShopifySettings } from '../settings.ts'
import { globalId, plainId } from './global-id.ts'
import { refused } from './refused.ts'
import type { StockDocument } from './stock-figure.ts'

/** Where the figures of a document stand at the shop; both are global ids. */
export interface StockPlace {
  item: string
  location: string
}

interface Sought {
  body: StockDocument
  /** Item and place as they were linked before. */
  externalId: PushOperation['externalId']
  settings: Pick<ShopifySettings, 'locations' | 'locationId'>
}

/**
 * Item by SKU, place by setting. What was linked before is used again without a search, as long as the item still has
 * the SKU: a merchant may give an old SKU to a new product.
 */
export async function findStock(api: AdminApi, sought: Sought): Promise<StockPlace> {
  const sku = sought.body.sku?.trim().normalize('NFC')
  if (!sku) throw refused('The document has no SKU, and Shopify finds items by nothing else.', 'sku')
  const linked = sought.externalId?.split('@')[0]
  const item = (linked && (await itemIfStill(api, linked, sku))) || (await itemOf(api, sku))
  return { item, location: configured(sought) ?? (await onlyPlace(api, item)) }
}

async function itemIfStill(api: AdminApi, id: string, sku: string): Promise<string | null> {
  const item = globalId('InventoryItem', id)
  const { inventoryItem } = await api<OneItem>(ITEM, { item })
  return inventoryItem && sameSku(inventoryItem.sku, sku) ? item : null
}

async function itemOf(api: AdminApi, sku: string): Promise<string> {
  const query = `sku:"${sku.replace(/(["\\])/g, '\\$1')}"`
  const { inventoryItems } = await api<ItemsBySku>(ITEMS_BY_SKU, { query })
  const found = inventoryItems.nodes.filter(item => sameSku(item.sku, sku))
  if (found.length === 1) return found[0]!.id
  throw found.length === 0
    ? refused(`The shop has no item with the SKU “${sku}”.`, 'sku-unknown')
    : refused(`${found.length} items of the shop have the SKU “${sku}”.`, 'sku-ambiguous')
}

const sameSku = (theirs: string | null, ours: string): boolean => theirs?.trim().normalize('NFC') === ours

/** By the first name of the place that the setting knows; else the one place for everything. */
function configured({ body: { location = {} }, settings: { locations, locationId } }: Sought): string | null {
  const names = [location.externalId, location.code, location.name]
  const known = names.find(name => name !== undefined && Object.hasOwn(locations, name))
  const id = known === undefined ? locationId : locations[known]
  if (id) return globalId('Location', id)
  if (Object.keys(locations).length === 0) return null
  const place = names.find(Boolean) ?? 'without a name'
  throw refused(`The setting “locations” has no entry for the place “${place}”.`, 'location')
}

/** Without a setting there is nothing to guess as long as the item lies in one place only. */
async function onlyPlace(api: AdminApi, item: string): Promise<string> {
  const { inventoryItem } = await api<StockPlaces>(STOCK_PLACES, { item })
  const places = inventoryItem?.inventoryLevels.nodes ?? []
  if (places.length === 1) return places[0]!.location.id
  throw refused(
    places.length === 0
      ? 'The item is stocked at no location of the shop.'
      : 'The item is stocked at several locations: set “locationId” or “locations”.',
    'location',
  )
}

/** The figure as it stands now. */
export async function readStock(api: AdminApi, place: StockPlace, name: string): Promise<Quantity> {
  const { inventoryItem } = await api<Stock>(STOCK, { ...place })
  if (!inventoryItem) throw new HubError('PARTNER_CONFLICT', { detail: 'The item is gone.', status: 200 })
  const quantity = inventoryItem.inventoryLevel?.quantities.find(one => one.name === name)
  if (quantity) return quantity
  throw refused(
    `The item is not stocked at the location ${plainId(place.location)}: connect it in the shop.`,
    'ITEM_NOT_STOCKED_AT_LOCATION',
  )
}
