import { HubError } from '../../../sdk/index.ts'

export interface OrderProduct {
  id: number
  order_address_id?: number
  sku?: string | null
  type?: string
  quantity: number
  quantity_shipped?: number
}

export interface ShippedLine {
  lineId?: string
  sku?: string
  quantity: number
}

export interface ShippedItems {
  order_address_id: number | undefined
  items: { order_product_id: number; quantity: number }[]
}

const left = ({ quantity, quantity_shipped: shipped = 0 }: OrderProduct): number => quantity - shipped

/**
 * Which order lines a shipment takes units of: by the store's own line where it names it, else by SKU in their order. A
 * shipment without lines takes all that is left. BigCommerce keeps one address a shipment.
 */
export function itemsOf(
  lines: readonly ShippedLine[] = [],
  products: readonly OrderProduct[] = [],
): ShippedItems {
  const goods = products.filter(({ type }) => type !== 'digital' && type !== 'giftcertificate')
  const items =
    lines.length > 0 ? taken(lines, goods) : goods.map(one => ({ product: one, units: left(one) }))
  const some = items.filter(({ units }) => units > 0)
  if (some.length === 0) throw refused('Nothing of the shipment is left to ship in the order.')
  const addresses = new Set(some.map(({ product }) => product.order_address_id))
  if (addresses.size > 1)
    throw refused('The shipment goes to several addresses of the order: send one for each.')
  return {
    order_address_id: [...addresses][0],
    items: some.map(({ product, units }) => ({ order_product_id: product.id, quantity: units })),
  }
}

function taken(lines: readonly ShippedLine[], products: readonly OrderProduct[]) {
  const units = new Map<OrderProduct, number>()
  for (const { lineId, sku, quantity } of lines) {
    let open = quantity
    for (const product of products) {
      if (lineId ? String(product.id) !== lineId : !sku || product.sku !== sku) continue
      const part = Math.min(open, left(product) - (units.get(product) ?? 0))
      if (part > 0) units.set(product, (units.get(product) ?? 0) + part)
      open -= Math.max(0, part)
    }
    if (open > 0) throw refused('The shipment has units that the order does not wait for.')
  }
  return [...units].map(([product, taken]) => ({ product, units: taken }))
}

const refused = (detail: string): HubError =>
  new HubError('PARTNER_REFUSED', { detail, fingerprint: 'lines' })
