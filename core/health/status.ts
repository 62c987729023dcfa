import type { ConnectionState } from '../contracts/store.ts'
import type { HealthStatus, MinuteRates, OrdersHealth } from './snapshot-types.ts'

export interface Verdict {
  status: HealthStatus
  reason: string
}

interface ConnectionFacts {
  state: ConnectionState
  stateReason?: string
  circuitUntil: number | null
  deadLetters: number
  oldestPendingAt: number | null
  rates: MinuteRates
  now: number
}

/** Work that waits longer than this is worth a look, even if nothing failed. */
const LATE_MS = 15 * 60_000

/** Failures are judged over the last minutes, and only when there are enough of them to mean something. */
const RECENT_MINUTES = 5
const MIN_FAILURES = 3
const FAILURE_SHARE = 0.1

/** The first rule that holds, most serious first: one sentence that says what is the matter. */
export function connectionVerdict(facts: ConnectionFacts): Verdict {
  const { state, stateReason, circuitUntil, deadLetters, oldestPendingAt, rates, now } = facts
  if (state === 'unauthorized') return down(sentence('Needs to be authorised again', stateReason))
  if (circuitUntil !== null && circuitUntil > now)
    return down('Rests after repeated failures and tries again by itself.')
  if (state === 'paused') return degraded(sentence('Paused', stateReason))
  if (deadLetters > 0)
    return degraded(`${plural(deadLetters, 'dead letter waits', 'dead letters wait')} for a decision.`)
  if (oldestPendingAt !== null && now - oldestPendingAt > LATE_MS)
    return degraded(`The oldest work has waited for ${minutes(now - oldestPendingAt)}.`)
  return failing(rates) ?? ok(activity(rates))
}

/** A flow is as well as its attempts, and as its destinations. */
export function flowVerdict(
  rates: Pick<MinuteRates, 'confirmed' | 'failed'>,
  destinations: readonly { id: string; status: HealthStatus }[],
): Verdict {
  const blocked = destinations.filter(destination => destination.status === 'down')
  if (destinations.length > 0 && blocked.length === destinations.length)
    return down(`${names(blocked)} cannot be reached or used.`)
  if (blocked.length > 0) return degraded(`${names(blocked)} cannot be reached or used.`)
  const own = { ...rates, received: [] }
  return failing(own) ?? ok(activity(own))
}

interface HubFacts {
  /** Held orders among them. */
  deadLetters: number
  lost: number
  orders: Pick<OrdersHealth, 'held' | 'escalated' | 'late'>
  /** Items of which orders hold more than is counted. */
  oversold: number
}

/** The sentence on top of the page. What a rule holds back is as it should be, until its owner lets the time pass. */
export function hubVerdict(
  connections: readonly (Verdict & { id: string })[],
  { deadLetters, lost, orders: { held, escalated, late }, oversold }: HubFacts,
): Verdict {
  if (lost > 0) return down(`${plural(lost, 'message is', 'messages are')} unaccounted for.`)
  const troubled = connections.filter(connection => connection.status !== 'ok')
  const broken = troubled.filter(connection => connection.status === 'down')
  if (broken.length > 0) return down(`${names(broken)} ${broken.length === 1 ? 'is' : 'are'} down.`)
  const undecided = deadLetters - held
  if (undecided > 0)
    return degraded(`${plural(undecided, 'dead letter waits', 'dead letters wait')} for a decision.`)
  if (late > 0) return degraded(`${plural(late, 'order is', 'orders are')} past the time to ship.`)
  if (escalated > 0) return degraded(`${plural(escalated, 'held order is', 'held orders are')} overdue.`)
  if (oversold > 0)
    return degraded(`${plural(oversold, 'item is', 'items are')} sold beyond what is counted.`)
  if (troubled.length > 0)
    return degraded(`${names(troubled)} ${troubled.length === 1 ? 'needs' : 'need'} a look.`)
  return ok(connections.length === 0 ? 'No connections yet.' : 'Everything flows.')
}

function failing({ confirmed, failed }: MinuteRates): Verdict | null {
  const bad = sum(failed.slice(-RECENT_MINUTES))
  const all = bad + sum(confirmed.slice(-RECENT_MINUTES))
  if (bad < MIN_FAILURES || bad / all < FAILURE_SHARE) return null
  return degraded(`${bad} of ${all} attempts failed in the last ${RECENT_MINUTES} minutes.`)
}

/** What a healthy connection did, for whoever asks whether it does anything at all. */
function activity({ received, confirmed }: MinuteRates): string {
  const parts = [
    sum(received) > 0 && `${sum(received).toLocaleString('en')} received`,
    sum(confirmed) > 0 && `${sum(confirmed).toLocaleString('en')} confirmed`,
  ].filter(Boolean)
  return parts.length === 0 ? 'Quiet: nothing in the last hour.' : `${parts.join(' and ')} in the last hour.`
}

const ok = (reason: string): Verdict => ({ status: 'ok', reason })
const degraded = (reason: string): Verdict => ({ status: 'degraded', reason })
const down = (reason: string): Verdict => ({ status: 'down', reason })

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

const sentence = (start: string, rest?: string) =>
  rest ? `${start}: ${rest.replace(/\.?$/, '.')}` : `${start}.`

const minutes = (ms: number) =>
  ms < 7_200_000 ? `${Math.round(ms / 60_000)} minutes` : `${Math.round(ms / 3_600_000)} hours`

/** Three names at most: a list of forty connections is not a sentence. */
const names = (items: readonly { id: string }[]): string => {
  const shown = items.slice(0, 3).map(item => item.id)
  if (items.length > 3) return `${shown.join(', ')} and ${items.length - 3} more`
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}
