import type { OrderAction, RestOrder, ShopifySimulator } from '#connectors/storefronts/shopify/simulator.ts'

/** What happens to an order after it was placed; `generateOrder` has some of them paid already. */
const LIVES: readonly (readonly OrderAction[])[] = [
  ['pay', 'fulfil', 'fulfil'],
  ['pay', 'fulfil', 'fulfil', 'refund'],
  ['pay', 'edit', 'pay', 'fulfil', 'fulfil'],
  ['pay', 'refund'],
  ['cancel'],
  ['pay', 'fulfil'],
]

/** Inventory items are not in an order: here each variant has one, far away from other ids. */
const INVENTORY_ITEMS = 90_000_000_000

export interface Merchant {
  /** A new order, and at its first sale the product and its stock. */
  place(): RestOrder
  /** The next step of so many orders. */
  work(orders: number): void
  busy(): boolean
}

/** Gives the orders of a shop their lives, at most one step of an order at a time. */
export function createMerchant(shop: ShopifySimulator): Merchant {
  const lives: { id: number; steps: OrderAction[] }[] = []
  const listed = new Set<number>()
  let placed = 0

  function list({ line_items: lines }: RestOrder): void {
    for (const { product_id: product, variant_id: variant, title, sku, price, vendor } of lines) {
      if (product === null || variant === null) continue
      if (!listed.has(product)) {
        listed.add(product)
        const item = INVENTORY_ITEMS + variant
        const variants = [{ id: variant, title, sku, price, inventory_item_id: item }]
        shop.putProduct({
          id: product,
          title,
          vendor,
          status: 'active',
          handle: `product-${product}`,
          variants,
        })
      }
      shop.setStock({ inventoryItem: INVENTORY_ITEMS + variant, available: 40 + (placed % 60) })
    }
  }

  return {
    place() {
      const order = shop.placeOrder()
      const steps = LIVES[placed++ % LIVES.length]!
      lives.push({ id: order.id, steps: [...steps] })
      list(order)
      return order
    },
    work(orders) {
      // From the front to the back: an order rests while the others have their turn.
      for (const life of lives.splice(0, orders)) {
        const step = life.steps.shift()
        if (step) shop.changeOrder(life.id, step)
        if (life.steps.length > 0) lives.push(life)
      }
    },
    busy: () => lives.length > 0,
  }
}
