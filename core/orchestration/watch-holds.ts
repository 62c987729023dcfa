import type { RecordAct } from '../accounts/audit.ts'
import type { Directory } from '../accounts/directory.ts'
import type { Principal } from '../accounts/roles.ts'
import type { DeadLetter, Store } from '../contracts/store.ts'
import type { Telemetry } from '../contracts/telemetry.ts'
import { replayLetter } from '../deadletter/replay.ts'
import { hasEndedWell, type SubjectDeps } from '../deadletter/subject.ts'
import { asHubError } from '../errors/hub-error.ts'
import { type Held, type HoldDeps, heldBy } from './hold.ts'
import { type PartDeps, partFor } from './part-for.ts'

export interface WatchHoldsDeps extends Omit<HoldDeps & PartDeps, 'store' | 'directory'>, SubjectDeps {
  store: Store
  directory: Directory
  telemetry: Telemetry
  record: RecordAct
}

export interface WatchedHolds {
  escalated: number
  /** Let go, because no rule holds them any more. */
  resumed: number
}

/** How many held orders one look takes in: the next one goes on behind them. */
const PAGE = 200

const SYSTEM: Principal = { id: 'system', role: 'admin' }

/**
 * Escalates what its owner has not decided in time, lets go what is held no longer although the order did not change (a
 * product came, a rule was taken away), and hands over what another rule or owner holds by now. Any number of processes may
 * do it at once.
 */
export function createWatchHolds(deps: WatchHoldsDeps): () => Promise<WatchedHolds> {
  let after: string | undefined
  return async () => {
    const escalated = await escalate(deps)
    const page = await deps.store.deadLetters.list(
      { code: 'ORDER_HELD', state: 'open' },
      { limit: PAGE, after },
    )
    after = page.next ?? undefined
    let resumed = 0
    for (const letter of page.items) if (await resume(deps, letter)) resumed += 1
    return { escalated, resumed }
  }
}

/** The store decides who of several escalates a letter; its new owner is kept with it, so that dying after it loses only the notice. */
async function escalate({ store, clock, telemetry, record }: WatchHoldsDeps): Promise<number> {
  let escalated = 0
  for (const { id, owner: before } of await store.deadLetters.due(clock.now(), PAGE)) {
    const letter = await store.deadLetters.escalate(id, clock.now())
    if (!letter) continue
    escalated += 1
    const { connection, rule = '', owner } = letter
    telemetry.count('holds_escalated_total', { connection, rule })
    telemetry.log('warn', 'held order escalated', { id, connection, rule, owner })
    await record(SYSTEM, {
      action: 'dead-letter.escalate',
      subject: id,
      detail: { rule, from: before, to: owner },
    })
  }
  return escalated
}

async function resume(deps: WatchHoldsDeps, letter: DeadLetter): Promise<boolean> {
  const { store, clock } = deps
  const delivery = await store.deliveries.get(letter.subject)
  if (!delivery) return false
  if (hasEndedWell(delivery)) {
    await store.deadLetters.close(letter.id, 'resolved', SYSTEM.id, clock.now(), 'It succeeded.')
    return false
  }
  if (delivery.state !== 'dead') return false
  const [document, destination] = await Promise.all([
    store.documents.get(delivery.document),
    deps.directory.get(delivery.destination),
  ])
  if (!document || !destination) return false
  try {
    const part = await partFor(deps, { delivery, document, isThere: false })
    const held = await heldBy(deps, { delivery, document, part, destination })
    if (held && isInGoodHands(letter, held)) return false
    // Held by somebody else, it is parked again, with them.
    const replayed = await replayLetter(deps, letter, { actor: SYSTEM, at: clock.now() })
    return replayed === 'replayed' && !held
  } catch (thrown) {
    // A rule that fails on this order, or somebody who takes it right now: it stays where it is, and people see it.
    deps.telemetry.log('info', 'held order left as it is', { id: letter.id, code: asHubError(thrown).code })
    return false
  }
}

/** With the people whom the configuration names now: somebody who has left decides nothing. */
const isInGoodHands = ({ rule, owner, escalateTo, escalatedAt }: DeadLetter, held: Held): boolean =>
  rule === held.rule.id &&
  (escalatedAt !== undefined || (owner === held.rule.owner && escalateTo === held.rule.escalate))
