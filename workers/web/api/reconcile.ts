import { type Principal, sees } from '#core/accounts/roles.ts'
import type { Backlog, Store } from '#core/contracts/store.ts'
import type { ApiDeps } from './deps.ts'
import { instantOf } from './times.ts'

/** One connection: what landed from it, what it became, and what it was sent. */
export interface ReconciliationRow {
  connection: string
  tenant: string
  landed: Counts
  documents: number
  /** With this connection as the destination. */
  deliveries: Counts
  openDeadLetters: number
  /** Work that no state and no open dead letter explains: must be 0. */
  difference: number
  /** Why landed, canonical and confirmed are not the same number. */
  named: { what: string; count: number }[]
}

export interface Counts {
  total: number
  byState: Record<string, number>
}

type Rows = Backlog['rows']

const EXPLAINED = ['pending', 'waiting', 'held', 'done', 'confirmed', 'skipped', 'stale', 'dead', 'discarded']
const ENDED_WELL = ['done', 'confirmed']

/** Source count = landed = canonical = confirmed, or the difference has a name. From one read of the counts. */
export async function reconcile(
  { store, directory, clock }: Pick<ApiDeps, 'store' | 'directory' | 'clock'>,
  principal: Principal,
) {
  const [{ rows }, connections] = await Promise.all([store.upkeep.backlog(), directory.list()])
  const own = connections.filter(connection => sees(principal, connection))
  const items = await Promise.all(own.map(({ id, tenant }) => reconcileOne(store, rows, { id, tenant })))
  return {
    at: instantOf(clock.now()),
    difference: sum(items.map(item => item.difference)),
    landed: sum(items.map(item => item.landed.total)),
    documents: sum(items.map(item => item.documents)),
    confirmed: sum(items.map(item => item.deliveries.byState['confirmed'] ?? 0)),
    connections: items.sort((a, b) => a.connection.localeCompare(b.connection)),
  }
}

async function reconcileOne(
  store: Store,
  rows: Rows,
  { id, tenant }: { id: string; tenant: string },
): Promise<ReconciliationRow> {
  const own = rows.filter(row => row.connection === id)
  const landed = countsOf(own.filter(row => row.kind === 'message'))
  const deliveries = countsOf(own.filter(row => row.kind === 'delivery'))
  const [documents, letters, held] = await Promise.all([
    store.documents.list({ connection: id }, { limit: 1 }),
    store.deadLetters.list({ connection: id, state: 'open' }, { limit: 1 }),
    store.deadLetters.list({ connection: id, state: 'open', code: 'ORDER_HELD' }, { limit: 1 }),
  ])
  const dead = sum(own.filter(row => row.state === 'dead').map(row => row.count))
  const unexplained = sum(own.filter(row => !EXPLAINED.includes(row.state)).map(row => row.count))
  return {
    connection: id,
    tenant,
    ...{ landed, documents: documents.total, deliveries, openDeadLetters: letters.total },
    difference: unexplained + Math.max(0, dead - letters.total),
    named: named(own, held.total),
  }
}

/** Held orders by themselves: they wait for a person, nothing went wrong. */
function named(own: Rows, held: number): ReconciliationRow['named'] {
  const counts = own
    .filter(row => !ENDED_WELL.includes(row.state))
    .map(({ kind, state, count }) => {
      const dead = kind === 'delivery' && state === 'dead'
      return { what: `${kind} ${state}`, count: dead ? Math.max(0, count - held) : count }
    })
  return [...counts, { what: 'order held by a rule', count: held }].filter(({ count }) => count > 0)
}

const countsOf = (rows: Rows): Counts => ({
  total: sum(rows.map(row => row.count)),
  byState: Object.fromEntries(rows.map(row => [row.state, row.count])),
})

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
