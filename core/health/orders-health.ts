import type { Store } from '../contracts/store.ts'
import type { ShipByRow } from '../orchestration/ship-by.ts'
import type { OrdersHealth } from './snapshot-types.ts'

export interface OrderSources {
  store: { deadLetters: Pick<Store['deadLetters'], 'causes' | 'list'> }
  /** Orders that must be shipped soon or should have been, most urgent first. */
  shipBy?(): Promise<readonly ShipByRow[]>
}

/** A rule and a destination make one cause: there are never many. */
const CAUSES = 200

/** How many of the late ones the page names. */
const NAMED = 5

/** What waits between the channels and the ERP for people: held orders, also by destination, and orders that must be shipped. */
export async function ordersHealth(
  { store, shipBy }: OrderSources,
  tenant?: string,
): Promise<{ orders: OrdersHealth; heldAt: ReadonlyMap<string, number> }> {
  const open = { code: 'ORDER_HELD', state: 'open' as const, tenant }
  const [causes, rows] = await Promise.all([
    store.deadLetters.causes(open, { limit: CAUSES }),
    shipBy ? shipBy() : [],
  ])
  const heldAt = new Map<string, number>()
  for (const { connections, open: count } of causes.items)
    for (const id of connections) heldAt.set(id, (heldAt.get(id) ?? 0) + count)
  const held = causes.items.reduce((sum, cause) => sum + cause.open, 0)
  const escalated =
    held > 0 ? (await store.deadLetters.list({ ...open, escalatedSince: 0 }, { limit: 1 })).total : 0
  const own = rows.filter(row => tenant === undefined || row.tenant === tenant)
  const late = own.filter(row => row.late).length
  return { heldAt, orders: { held, escalated, late, soon: own.length - late, next: own.slice(0, NAMED) } }
}
