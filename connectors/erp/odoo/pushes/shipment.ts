import { type ConnectorContext, HubError, type PushOperation, type PushResult } from '../../../sdk/index.ts'
import { odooApi } from '../api.ts'
import { invoice } from '../invoices.ts'
import { cellOf, holds } from '../orders/cells.ts'
import { namedOf } from '../orders/order-columns.ts'
import { odooSettings } from '../settings.ts'
import { hasLeft, type OrderLink, orderLinkOf, type ShipmentBody, shipmentBody } from './shipment-body.ts'
import { claim, claimedBy, release, takenOf } from './shipment-claim.ts'
import { movedExactly, type Share, sharesOf, wholeOf } from './shipment-shares.ts'
import { readTransfers, type Transfer, type Wanted, wantedUnits } from './shipment-transfers.ts'
import { validate } from './shipment-validate.ts'

interface Work {
  operation: PushOperation
  body: ShipmentBody
  order: OrderLink
  /** Columns of the transfers. */
  columns: Readonly<Record<string, unknown>>
  /** Every transfer of the order to the buyer. */
  transfers: readonly Transfer[]
  /** Null: the shipment tells no lines. */
  wanted: readonly Wanted[] | null
  context: ConnectorContext
}

/**
 * What a warehouse shipped, on the transfers of its order: taken under the shipment's key, then quantities and tracking
 * number, then validated; a back-order keeps the rest. After a crash at any point the claim tells which transfers were
 * meant, and their state what is left to do.
 */
export async function pushShipment(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const body = shipmentBody(operation)
  const order = orderLinkOf(operation)
  const columns = await columnsOf(body, context)
  const transfers = await readTransfers(order.id, Object.keys(columns), context)
  const own = await claimedBy(operation.key, context)
  const work = { operation, body, order, columns, transfers, context }
  if (!hasLeft(body)) return notLeft(own, { ...work, wanted: null })
  const moves = transfers.flatMap(transfer => transfer.moves)
  const { lines = [] } = body
  const wanted = lines.length > 0 ? await wantedUnits({ lines, moves, order }, context) : null
  return settle(own, { ...work, wanted })
}

async function columnsOf(
  { picking = {}, carrier }: ShipmentBody,
  context: ConnectorContext,
): Promise<Readonly<Record<string, unknown>>> {
  const { carriers } = odooSettings(context.connection)
  const method = await namedOf('delivery.carrier', carriers[carrier ?? ''], context)
  const columns = { ...picking, carrier_id: method }
  return Object.fromEntries(
    Object.entries(columns).filter(([, value]) => value !== undefined && String(value) !== ''),
  )
}

async function settle(own: readonly number[], work: Work): Promise<PushResult> {
  const { operation, context } = work
  const taken = work.transfers.filter(({ id }) => own.includes(id))
  if (taken.length > 0 && taken.every(({ state }) => state === 'done')) return settleDone(taken, work)
  const shares = taken.length > 0 ? openShares(taken, work) : await chosen(work)
  const chosenTransfers = shares.map(({ transfer }) => transfer)
  const ids = chosenTransfers.map(({ id }) => id)
  if (taken.length === 0) await claim(ids, operation, context)
  if (chosenTransfers.every(({ state }) => state === 'done')) return settleDone(chosenTransfers, work)
  for (const share of shares) await writeShare(share, work)
  await validate(ids, operation, context)
  return settled(ids, work)
}

async function settled(ids: readonly number[], { order, operation, context }: Work): Promise<PushResult> {
  await invoice({ order: order.id, when: 'delivered', operation }, context)
  return { externalId: String(ids[0]), status: 200 }
}

/** Somebody validated it in Odoo with the same parcels or quantities: it is taken over, not shipped a second time. */
async function chosen(work: Work): Promise<Share[]> {
  const { transfers, context, columns } = work
  if (transfers.length === 0) throw noTransfers()
  const taken = await takenOf(
    transfers.map(({ id }) => id),
    context,
  )
  const free = transfers.filter(({ id }) => !taken.has(id))
  const done = free.filter(one => one.state === 'done' && moved([one], work))
  const tracking = columns['carrier_tracking_ref']
  const shown = done.find(({ values }) => tracking && values['carrier_tracking_ref'] === tracking)
  if (shown) return [{ transfer: shown, units: new Map() }]
  try {
    return openShares(free, work)
  } catch (thrown) {
    if (done[0]) return [{ transfer: done[0], units: new Map() }]
    if (transfers.some(({ id, state }) => taken.has(id) && isOpen(state))) throw busy()
    throw thrown
  }
}

const moved = (transfers: readonly Transfer[], { wanted }: Work): boolean =>
  wanted === null || movedExactly(transfers, wanted)

function openShares(transfers: readonly Transfer[], { wanted, body }: Work): Share[] {
  const shares = wanted === null ? wholeOf(transfers) : sharesOf(transfers, wanted, body.warehouse)
  if (shares.length > 0) return shares
  throw new HubError('PARTNER_REFUSED', {
    detail: 'Nothing of the order is open in Odoo.',
    fingerprint: 'odoo more than open',
  })
}

const isOpen = (state: string): boolean => state !== 'done' && state !== 'cancel'

/** Another shipment is being written; what it leaves will be a back-order. */
const busy = (): HubError =>
  new HubError('PARTNER_CONFLICT', {
    detail: 'Another shipment of the order is on its way into Odoo.',
    fingerprint: 'odoo transfer taken',
  })

const noTransfers = (): HubError =>
  new HubError('PARTNER_REFUSED', {
    detail: 'The order has no delivery in Odoo: it is not confirmed, or has no goods.',
    fingerprint: 'odoo no delivery',
  })

/** Tracking number and carrier go with the quantities: with a number of its own, no carrier module orders a label. */
async function writeShare({ transfer, units }: Share, { columns, operation, context }: Work): Promise<void> {
  const moves = transfer.moves.map(({ id }) => {
    const quantity = units.get(id)
    return [1, id, quantity === undefined ? { picked: false } : { quantity, picked: true }]
  })
  operation.sending()
  await odooApi(context).call('stock.picking', 'write', {
    ...{ ids: [transfer.id], vals: { ...columns, move_ids: moves } },
  })
}

/** What has left stays as it left; only what is written about it may change. */
async function settleDone(transfers: readonly Transfer[], work: Work): Promise<PushResult> {
  const { columns, operation, context } = work
  if (!moved(transfers, work))
    throw new HubError('PARTNER_REFUSED', {
      detail: `${transfers.map(({ name }) => name).join(', ')} is done in Odoo with other quantities than were shipped.`,
      fingerprint: 'odoo other quantities',
    })
  for (const { id, values } of transfers) {
    const differing = Object.entries(columns).filter(([name, value]) => !holds(values[name], cellOf(value)))
    if (differing.length === 0) continue
    operation.sending()
    const vals = Object.fromEntries(differing)
    await odooApi(context).call('stock.picking', 'write', { ids: [id], vals })
  }
  return settled(
    transfers.map(({ id }) => id),
    work,
  )
}

/** Cancelled before it was validated: given back. Of what never was here there is nothing to tell. */
async function notLeft(own: readonly number[], work: Work): Promise<PushResult> {
  const { transfers, body, operation, context } = work
  const taken = transfers.filter(({ id }) => own.includes(id))
  if (taken.length === 0)
    throw new HubError('SOURCE_SKIPPED', { detail: `The shipment is ${body.status}: nothing has left.` })
  const done = taken.some(({ state }) => state === 'done')
  if (done && body.status === 'cancelled')
    throw new HubError('PARTNER_REFUSED', {
      detail: `The shipment was cancelled after ${taken[0]!.name} had left in Odoo: the goods have to come back as a return.`,
      fingerprint: 'odoo shipped',
    })
  if (!done) {
    for (const transfer of taken) await writeShare({ transfer, units: new Map() }, work)
    await release(own, operation, context)
  }
  return { externalId: String(taken[0]!.id), status: 200 }
}
