import type { DeadLetter, Delivery } from '../contracts/store.ts'
import type { NewId } from '../kernel/ids.ts'
import { HOLD_MS, taken } from './replay.ts'
import { reopen, type SubjectDeps, subjectOf } from './subject.ts'

export interface SettleDeps extends SubjectDeps {
  newId: NewId
}

/** How a dead subject ends without being worked on. */
export interface Ending {
  state: 'discarded' | 'stale'
  detail: string
}

/**
 * Ends a dead message or delivery for good. It is reopened for later and claimed at that later time, so that no worker
 * can take it in between; a process that dies there leaves it to be tried and parked again. False if it is not dead.
 */
export async function settleDead(deps: SettleDeps, letter: DeadLetter, ending: Ending): Promise<boolean> {
  const { store, clock } = deps
  const { kind, subject: id } = letter
  const before = await subjectOf(store, kind, id)
  if (!before || before.state === ending.state) return true
  if (before.state !== 'dead') return false
  const at = clock.now() + HOLD_MS
  const claim = { token: deps.newId(), now: at, until: at + HOLD_MS }
  const attempt = { at: clock.now(), ms: 0, outcome: ending.state, detail: ending.detail }
  if (!(await reopen(store, { kind, id, at }))) throw taken(kind)
  if (kind === 'message') {
    if (!(await store.messages.claim(id, claim))) throw taken(kind)
    return store.messages.settle(id, claim.token, { state: ending.state, reason: letter.code, attempt })
  }
  const claimed = await store.deliveries.claim(id, claim)
  if (!claimed) throw taken(kind)
  // A revision that arrived between reading and claiming was not what the operator gave up.
  const overtaken = claimed.revision !== (before as Delivery).revision
  const state = overtaken ? 'pending' : 'discarded'
  await store.deliveries.settle(id, claim.token, { state, nextAt: clock.now(), reason: letter.code, attempt })
  return !overtaken
}
