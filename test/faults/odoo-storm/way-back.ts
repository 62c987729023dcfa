import { setTimeout as pause } from 'node:timers/promises'
import { canonicalJson } from '#core/kernel/canonical-json.ts'
import type { OdooClient } from '../../support/odoo-client.ts'
import type { Channel, Sold, Webhook } from './channel.ts'

/** A channel whose shop can be looked into, for what comes back of its orders. */
export interface LookedInto extends Channel {
  /** Parcels as the shop shows them. */
  parcels(id: string): Parcel[]
  /** Every unit has left, the shop says. */
  isFulfilled(id: string): boolean
  /** Pays one unit back that had been shipped: what the shop tells of it, and the money in hundredths. */
  refund(id: string): { webhook: Webhook; paid: number; restocked: boolean }
}

export interface Parcel {
  tracking: string
  /** By SKU. */
  units: Record<string, number>
}

export interface WayBackOptions {
  odoo: OdooClient
  channel: LookedInto
  /** Posts until it is taken. */
  post(channel: Channel, webhook: Webhook): Promise<void>
  progress?(line: string): void
}

/** What was done and seen at both ends; what is not as it has to be is an error that names it. */
export interface WayBackReport {
  channel: string
  cancelled: string
  shipped: string
  parcels: Parcel[]
  refunded: { credit: number; returned: number }
}

const PATIENCE_MS = 120_000
/** Odoo has other work than to answer us. */
const LOOK_MS = 500
const UNITS_AT_LEAST = 3

/** A cancellation and a refund of the channel end in Odoo, two partial shipments of Odoo's warehouse at the channel. */
export async function wayBack(options: WayBackOptions): Promise<WayBackReport> {
  const { channel, progress } = options
  const say = (what: string) => progress?.(`${channel.id}: ${what}`)
  const cancelled = await cancelOne(options)
  say('a cancellation is in Odoo')
  const order = await sellOne(options, wide)
  const sale = await stateIn(options, order, 'sale')
  const parcels = await shipInTwo(sale, order, options)
  say('two parcels are at the channel')
  const refunded = await refundOne(sale, order, options)
  say('a refund is in Odoo')
  return { channel: channel.id, cancelled: cancelled.reference, shipped: order.reference, parcels, refunded }
}

/** Of two articles, and enough of them for two parcels. */
function wide({ lines }: Sold): boolean {
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  return (
    new Set(lines.map(({ sku }) => sku)).size === lines.length && lines.length > 1 && units >= UNITS_AT_LEAST
  )
}

async function sellOne({ channel, post }: WayBackOptions, fits: (sold: Sold) => boolean): Promise<Sold> {
  for (;;) {
    const id = channel.sell()
    await post(channel, channel.tell(id, 'created')!)
    const sold = channel.sold().find(one => one.id === id)!
    if (fits(sold)) return sold
  }
}

async function cancelOne(options: WayBackOptions): Promise<Sold> {
  const { channel, post } = options
  const order = await sellOne(options, () => true)
  await stateIn(options, order, 'sale')
  channel.cancel(order.id)
  await post(channel, channel.tell(order.id, 'updated')!)
  await stateIn(options, order, 'cancel')
  return order
}

/** The sale order, once it is in that state. */
async function stateIn({ odoo }: WayBackOptions, { reference, email }: Sold, state: string): Promise<number> {
  let id = 0
  await untilSeen(async () => {
    const [found] = await odoo.read<{ state: string }>(
      'sale.order',
      [
        ['client_order_ref', '=', reference],
        ['partner_id.email', '=', email],
      ],
      ['state'],
    )
    id = found?.id ?? 0
    return found?.state === state
  })
  return id
}

/** As a warehouse worker does it: one unit of the first article today, the rest tomorrow. */
async function shipInTwo(sale: number, order: Sold, options: WayBackOptions): Promise<Parcel[]> {
  const { channel } = options
  const numbers = [
    `1Z999AA1${order.id.slice(-8).padStart(8, '0')}`,
    `1Z999AA2${order.id.slice(-8).padStart(8, '0')}`,
  ]
  const first = await shipFrom(options.odoo, { sale, tracking: numbers[0]!, most: 1 })
  await untilSeen(() => channel.parcels(order.id).length === 1)
  if (channel.isFulfilled(order.id)) throw new Error(`${order.reference} is fulfilled by one parcel of two.`)
  const second = await shipFrom(options.odoo, { sale, tracking: numbers[1]! })
  await untilSeen(() => channel.isFulfilled(order.id))
  const parcels = channel.parcels(order.id)
  same('parcels', parcels, [
    { tracking: numbers[0]!, units: first },
    { tracking: numbers[1]!, units: second },
  ])
  return parcels
}

interface Shipping {
  sale: number
  tracking: string
  /** Units of the first article, and nothing else; all that is open unless told. */
  most?: number
}

/** Validates the open delivery; what has left by SKU. */
async function shipFrom(
  odoo: OdooClient,
  { sale, tracking, most }: Shipping,
): Promise<Record<string, number>> {
  const [picking] = await odoo.read(
    'stock.picking',
    [
      ['sale_id', '=', sale],
      ['state', 'not in', ['done', 'cancel']],
    ],
    ['name'],
  )
  const moves = await odoo.read<{ product_id: number; product_uom_qty: number }>(
    'stock.move',
    [['picking_id', '=', picking!.id]],
    ['product_id', 'product_uom_qty'],
  )
  const products = await odoo.read<{ default_code: string }>(
    'product.product',
    [['id', 'in', moves.map(({ product_id: id }) => id)]],
    ['default_code'],
  )
  const skus = new Map(products.map(({ id, default_code: sku }) => [id, sku]))
  const left: Record<string, number> = {}
  for (const [index, { id, product_id: product, product_uom_qty: open }] of moves.entries()) {
    const quantity = most === undefined ? open : index === 0 ? most : 0
    await odoo.call('stock.move', 'write', { ids: [id], vals: { quantity, picked: quantity > 0 } })
    const sku = skus.get(product)!
    if (quantity > 0) left[sku] = (left[sku] ?? 0) + quantity
  }
  const ids = [picking!.id]
  await odoo.call('stock.picking', 'write', { ids, vals: { carrier_tracking_ref: tracking } })
  await odoo.call('stock.picking', 'button_validate', { ids, context: { skip_backorder: true } })
  return left
}

/** The money is a credit note to the cent, the unit is back on stock where the shop says so. */
async function refundOne(
  sale: number,
  order: Sold,
  { odoo, channel, post }: WayBackOptions,
): Promise<WayBackReport['refunded']> {
  const { webhook, paid, restocked } = channel.refund(order.id)
  await post(channel, webhook)
  const credits = () =>
    odoo.read<{ amount_total: number }>(
      'account.move',
      [
        ['move_type', '=', 'out_refund'],
        ['state', '=', 'posted'],
        ['line_ids.sale_line_ids.order_id', '=', sale],
      ],
      ['amount_total'],
    )
  await untilSeen(async () => (await credits()).length > 0)
  const notes = (await credits()).map(({ amount_total: total }) => Math.round(total * 100))
  same('credit notes', notes, [paid])
  const back = await odoo.read<{ quantity: number }>(
    'stock.move',
    [
      ['sale_line_id.order_id', '=', sale],
      ['picking_code', '=', 'incoming'],
      ['state', '=', 'done'],
    ],
    ['quantity'],
  )
  const returned = back.reduce((sum, { quantity }) => sum + quantity, 0)
  same('units that came back', returned, restocked ? 1 : 0)
  return { credit: paid / 100, returned }
}

async function untilSeen(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`never came: ${holds}`)
    await pause(LOOK_MS)
  }
}

function same(what: string, found: unknown, wanted: unknown): void {
  const [here, there] = [found, wanted].map(value => canonicalJson(value))
  if (here !== there) throw new Error(`${what}: ${here} instead of ${there}`)
}
