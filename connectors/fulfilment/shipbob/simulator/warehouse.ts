export interface SimulatedOrder {
  id: number
  reference_id: string
  order_number: string
  status: string
  created_date: string
  products: { sku: string; reference_id: string; name: string; quantity: number }[]
  recipient: object
  shipments: SimulatedShipment[]
  writes: number
}

export interface SimulatedShipment {
  id: number
  order_id: number
  reference_id: string
  status: string
  created_date: string
  last_update_at: string
  [member: string]: unknown
}

interface NewOrder {
  reference_id: string
  order_number?: string
  recipient: object
  products: SimulatedOrder['products']
}

export interface WarehouseOptions {
  now(): number
  random(): number
}

/** Orders, what was shipped of them, and stock: what lies behind ShipBob's API. */
export class Warehouse {
  readonly orders = new Map<number, SimulatedOrder>()
  readonly returns: { id: number; completed_date: string; [member: string]: unknown }[] = []
  readonly stock = new Map<number, { inventory_id: number; name: string; sku: string; sellable: number }>()
  readonly #options: WarehouseOptions
  #lastId = 770_000

  constructor(options: WarehouseOptions) {
    this.#options = options
  }

  byReference(reference: string): SimulatedOrder | undefined {
    return [...this.orders.values()].find(order => order.reference_id === reference)
  }

  /** Undefined where the reference is taken: it is unique in a channel. */
  create(order: NewOrder): SimulatedOrder | undefined {
    if (this.byReference(order.reference_id)) return undefined
    const made: SimulatedOrder = {
      order_number: order.reference_id,
      ...order,
      id: ++this.#lastId,
      status: 'Processing',
      created_date: new Date(this.#options.now()).toISOString(),
      shipments: [],
      writes: 1,
    }
    this.orders.set(made.id, made)
    return made
  }

  /** Packs the whole order into one parcel; returns the shipment as webhooks tell it. */
  ship(id: number, at = this.#options.now()): SimulatedShipment {
    const order = this.orders.get(id)!
    const time = new Date(at).toISOString()
    const shipment: SimulatedShipment = {
      id: ++this.#lastId,
      order_id: id,
      reference_id: order.reference_id,
      status: 'Completed',
      created_date: order.created_date,
      last_update_at: time,
      actual_fulfillment_date: time,
      location: { id: 8, name: 'Cicero (IL)' },
      ship_option: 'Standard',
      recipient: order.recipient,
      products: order.products.map((product, index) => ({
        ...product,
        id: index + 1,
        inventory_items: [{ id: index + 91, name: product.name, quantity: product.quantity }],
      })),
      measurements: { total_weight_oz: 18.5, length_in: 9, width_in: 6, depth_in: 4 },
      tracking: {
        carrier: 'UPS',
        carrier_service: 'Ground',
        tracking_number: `1Z999AA1${Math.floor(this.#options.random() * 1e10)
          .toString()
          .padStart(10, '0')}`,
        shipping_date: time,
      },
    }
    order.shipments.push(shipment)
    order.status = 'Fulfilled'
    return shipment
  }

  touch(shipmentId: number, at: number): void {
    for (const { shipments } of this.orders.values())
      for (const shipment of shipments)
        if (shipment.id === shipmentId) shipment.last_update_at = new Date(at).toISOString()
  }
}
