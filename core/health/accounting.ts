import type { Backlog, DeliveryState, MessageState } from '../contracts/store.ts'
import type { Accounting } from './snapshot-types.ts'

export type BacklogRow = Backlog['rows'][number]

const MESSAGE_STATES: readonly MessageState[] = ['pending', 'done', 'skipped', 'stale', 'dead', 'discarded']
const UNDERWAY: readonly string[] = ['pending', 'waiting', 'held'] satisfies DeliveryState[]
const DELIVERY_STATES: readonly string[] = [...UNDERWAY, 'confirmed', 'skipped', 'dead', 'discarded']

interface AccountingInput {
  rows: readonly BacklogRow[]
  documents: number
  openDeadLetters: number
  held: number
  skippedBy: Record<string, number>
}

/**
 * Where everything is, from one read of the store. Lost is what nobody would ever look at: a state that the hub does
 * not know, or work that is dead while no open dead letter shows it.
 */
export function accountFor({
  rows,
  documents,
  openDeadLetters,
  held,
  skippedBy,
}: AccountingInput): Accounting {
  const messages = (state: string) => count(rows, row => row.kind === 'message' && row.state === state)
  const deliveries = (states: readonly string[]) =>
    count(rows, row => row.kind === 'delivery' && states.includes(row.state))
  const unknown = count(
    rows,
    row => !(row.kind === 'message' ? MESSAGE_STATES : DELIVERY_STATES).some(state => state === row.state),
  )
  const dead = messages('dead')
  return {
    received: count(rows, row => row.kind === 'message'),
    done: messages('done'),
    skipped: messages('skipped'),
    skippedBy,
    stale: messages('stale'),
    dead,
    held,
    discarded: messages('discarded'),
    pending: messages('pending'),
    documents,
    confirmed: deliveries(['confirmed']),
    undelivered: deliveries(UNDERWAY),
    lost: unknown + Math.max(0, dead + deliveries(['dead']) - openDeadLetters),
  }
}

export const count = (rows: readonly BacklogRow[], of: (row: BacklogRow) => boolean): number =>
  rows.reduce((total, row) => (of(row) ? total + row.count : total), 0)

/** Work under way: messages not translated, deliveries not confirmed. */
export const isUnderway = (row: BacklogRow): boolean =>
  row.kind === 'message' ? row.state === 'pending' : UNDERWAY.includes(row.state)

export function oldest(rows: readonly BacklogRow[]): number | null {
  const times = rows.filter(row => isUnderway(row) && row.count > 0).map(row => row.oldestAt)
  return times.length === 0 ? null : Math.min(...times)
}
