import type { Asked, Reply, Route } from '../../../sdk/testkit/serve-partner.ts'
import { idsIn, listedV3, ok, sinceIn, wrong } from './answers.ts'
import { iso, type SimStock } from './records.ts'
import type { Store } from './store.ts'

const at = (path: string): RegExp => new RegExp(`^/stores/[^/]+${path}$`)

export function catalogueRoutes(store: Store): Route[] {
  return [
    {
      method: 'GET',
      path: at('/v3/catalog/products'),
      answer: asked =>
        listedV3(
          asked,
          [...store.products.values()]
            .filter(({ modified }) => modified >= sinceIn(asked, 'date_modified:min'))
            .toSorted((a, b) => a.modified - b.modified || a.id - b.id)
            .map(shownProduct),
        ),
    },
    {
      method: 'GET',
      path: at('/v3/catalog/products/(\\d+)'),
      answer: ({ path }, id = '') => {
        const product = store.products.get(Number(id))
        return product ? ok({ data: shownProduct(product), meta: {} }) : wrong(404, path)
      },
    },
    { method: 'GET', path: at('/v3/inventory/items'), answer: asked => listStock(store, asked) },
    {
      method: 'PUT',
      path: at('/v3/inventory/adjustments/absolute'),
      answer: asked => adjust(store, asked, ({ quantity }) => quantity),
    },
    {
      method: 'POST',
      path: at('/v3/inventory/adjustments/relative'),
      answer: asked => adjust(store, asked, ({ quantity }, { onHand }) => onHand + quantity),
    },
  ]
}

const shownProduct = ({ id, sku, modified }: { id: number; sku: string; modified: number }) => ({
  ...{ id, sku, name: 'Trail Mug', type: 'physical', price: 19.95, weight: 0.4, is_visible: true },
  ...{ inventory_tracking: 'variant', inventory_level: 5, availability: 'available', condition: 'New' },
  ...{ date_created: iso(modified), date_modified: iso(modified), custom_url: { url: '/trail-mug/' } },
  options: [
    { id: 7, product_id: id, name: 'Size', display_name: 'Size', option_values: [{ id: 70, label: 'S' }] },
  ],
  variants: [
    {
      ...{ id: id + 1, product_id: id, sku, price: null, weight: null, inventory_level: 5 },
      option_values: [{ id: 70, option_id: 7, label: 'S', option_display_name: 'Size' }],
    },
  ],
  images: [{ id: 3, product_id: id, url_zoom: 'https://cdn.example/mug.jpg', description: 'Mug' }],
})

function listStock(store: Store, asked: Asked): Reply {
  const wanted = {
    variant: idsIn(asked, 'variant_id:in'),
    product: idsIn(asked, 'product_id:in'),
    sku: idsIn(asked, 'sku:in'),
  }
  const fits = (item: SimStock): boolean =>
    (['variant', 'product', 'sku'] as const).every(name => wanted[name]?.includes(String(item[name])) ?? true)
  return listedV3(asked, [...store.stock.values()].filter(fits).map(shownStock))
}

const shownStock = ({ variant, product, sku, onHand, safety }: SimStock) => ({
  identity: { sku, variant_id: variant, product_id: product, sku_id: null },
  locations: [
    {
      ...{
        location_id: 1,
        location_code: 'BC-LOCATION-1',
        location_name: 'Default location',
        location_enabled: true,
      },
      ...{ available_to_sell: onHand - safety, total_inventory_onhand: onHand },
      settings: {
        safety_stock: safety,
        is_in_stock: onHand > safety,
        warning_level: 0,
        bin_picking_number: '',
      },
    },
  ],
})

interface Adjusted {
  variant_id: number
  quantity: number
}

/** All or nothing: one unknown article refuses the whole call, and so does one that a difference takes below its safety stock. */
function adjust(
  store: Store,
  { body, path, method }: Asked,
  unitsOf: (item: Adjusted, stock: SimStock) => number,
): Reply {
  const { items } = body as { items: Adjusted[] }
  if (items.length > MOST) return wrong(422, path, { items: 'Too many.' })
  const changes = items.map(item => {
    const stock = store.stock.get(item.variant_id)
    return stock && { stock, onHand: unitsOf(item, stock) }
  })
  const bad = changes.findIndex(
    change => !change || (method === 'POST' && change.onHand < change.stock.safety),
  )
  if (bad >= 0) return wrong(422, path, { [`items[${bad}]`]: 'There are none.' })
  for (const change of changes)
    if (change) Object.assign(change.stock, { onHand: change.onHand, writes: change.stock.writes + 1 })
  return ok({ transaction_id: `t${store.nextId()}` })
}

const MOST = 2_000
