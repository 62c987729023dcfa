import { HubError, type PushOperation } from '../../../sdk/index.ts'
import {
  ITEMS_BY_SKU,
  type ItemsBySku,
  type Quantity,
  type QuantityName,
  type SeenItem,
  STOCK_AT,
  STOCK_PLACES,
  type StockAt,
  type StockPlaces,
} from '../operations/stock.ts'
import type { ShopifySettings } from '../settings.ts'
import { globalId, plainId } from './global-id.ts'
import { refused } from './refused.ts'
import type { StockDocument } from './stock-figure.ts'
import type { Shop, StockPlace } from './stock-place.ts'

export interface Sought {
  body: StockDocument
  /** Item and place as they were linked before. */
  externalId: PushOperation['externalId']
  settings: Pick<ShopifySettings, 'locations' | 'locationId'>
}

/** An item with its levels costs some 5 points, and a query may cost 1 000. */
const MOST_SEEN = 100
/** A page holds 250 at most, and the search finds beginnings of words, too. */
const MOST_SOUGHT = 10
const PAGE_FOR_EACH = 25

/** Where the document was linked before, if that is still the place that the settings name. */
export function linkedPlace(sought: Sought): StockPlace | null {
  const [item, location] = sought.externalId?.split('@') ?? []
  if (!item || !location) return null
  const linked = { item: globalId('InventoryItem', item), location: globalId('Location', location) }
  return (configured(sought) ?? linked.location) === linked.location ? linked : null
}

/**
 * Item by SKU, place by setting. What was linked before is used again without a search, as long as the item still has
 * the SKU: a merchant may give an old SKU to a new product.
 */
export async function findStock(
  shop: Shop,
  sought: Sought,
): Promise<{ place: StockPlace; item: SeenItem | null }> {
  const sku = sought.body.sku?.trim().normalize('NFC')
  if (!sku) throw refused('The document has no SKU, and Shopify finds items by nothing else.', 'sku')
  const linked = linkedPlace(sought)
  const seen = linked && (await seeStock(shop, linked))
  if (linked && seen && sameSku(seen.sku, sku)) return { place: linked, item: seen }
  const item = await itemOf(shop, sku)
  const place = { item, location: configured(sought) ?? (await onlyPlace(shop, item)) }
  return { place, item: await seeStock(shop, place) }
}

/** The item as it stands at the place now; null where it is gone. */
export const seeStock = ({ api, context }: Shop, place: StockPlace): Promise<SeenItem | null> =>
  context.together<StockPlace, SeenItem | null>(place, {
    name: `stock at ${place.location}`,
    max: MOST_SEEN,
    async send(places) {
      const items = places.map(({ item }) => item)
      return (await api<StockAt>(STOCK_AT, { items, location: place.location })).nodes
    },
  })

export function quantityOf(item: SeenItem | null, { location }: StockPlace, name: QuantityName): Quantity {
  if (!item) throw new HubError('PARTNER_CONFLICT', { detail: 'The item is gone.', status: 200 })
  const quantity = item.inventoryLevel?.quantities.find(one => one.name === name)
  if (quantity) return quantity
  throw refused(
    `The item is not stocked at the location ${plainId(location)}: connect it in the shop.`,
    'ITEM_NOT_STOCKED_AT_LOCATION',
  )
}

async function itemOf({ api, context }: Shop, sku: string): Promise<string> {
  const ids = await context.together<string, readonly string[]>(sku, {
    name: 'items by SKU',
    max: MOST_SOUGHT,
    async send(skus) {
      const query = skus.map(one => `sku:"${one.replace(/(["\\])/g, '\\$1')}"`).join(' OR ')
      const first = PAGE_FOR_EACH * skus.length
      const { nodes, pageInfo } = (await api<ItemsBySku>(ITEMS_BY_SKU, { query, first })).inventoryItems
      if (pageInfo.hasNextPage) return skus.map(tooMany)
      return skus.map(one => nodes.filter(item => sameSku(item.sku, one)).map(({ id }) => id))
    },
  })
  if (ids.length === 1) return ids[0]!
  throw ids.length === 0
    ? refused(`The shop has no item with the SKU “${sku}”.`, 'sku-unknown')
    : refused(`${ids.length} items of the shop have the SKU “${sku}”.`, 'sku-ambiguous')
}

/** SKUs with the same beginning crowd the page. */
const tooMany = (sku: string): HubError =>
  refused(`The search for the SKU “${sku}” finds more items than one page holds.`, 'sku-ambiguous')

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
async function onlyPlace({ api, context }: Shop, item: string): Promise<string> {
  const places = await context.together<string, readonly string[]>(item, {
    name: 'places of stock',
    max: MOST_SEEN,
    async send(items) {
      const { nodes } = await api<StockPlaces>(STOCK_PLACES, { items })
      return nodes.map(node => (node?.inventoryLevels.nodes ?? []).map(({ location }) => location.id))
    },
  })
  if (places.length === 1) return places[0]!
  throw refused(
    places.length === 0
      ? 'The item is stocked at no location of the shop.'
      : 'The item is stocked at several locations: set “locationId” or “locations”.',
    'location',
  )
}
