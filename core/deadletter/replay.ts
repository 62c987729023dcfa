import type { Principal } from '../accounts/roles.ts'
import type { DeadLetter } from '../contracts/store.ts'
import { HubError } from '../errors/hub-error.ts'
import { hasEndedWell, reopen, type SubjectDeps, subjectOf, wake } from './subject.ts'

/**
 * A subject is first reopened for this much later, then its letter is closed, then it is made due. A process that dies
 * in between leaves either an open letter or work that becomes due by itself, never a subject that nobody looks at; and
 * no worker can park it again before the letter is closed.
 */
export const HOLD_MS = 30_000

export interface Replay {
  actor: Principal
  /** When the work becomes due. */
  at: number
  edit?: { body: Buffer; by: string }
}

/** `already`: it was replayed before and waits or runs. `resolved`: it had succeeded meanwhile. */
export type Replayed = 'replayed' | 'already' | 'resolved'

/** Gives the subject of a letter a fresh budget and makes it due. Safe to repeat. */
export async function replayLetter(
  deps: SubjectDeps,
  letter: DeadLetter,
  { actor, at, edit }: Replay,
): Promise<Replayed> {
  const { store, clock } = deps
  const { kind, subject: id } = letter
  if (letter.state === 'resolved' || letter.state === 'discarded')
    throw new HubError('STATE_CONFLICT', { detail: `The dead letter is ${letter.state}.` })
  const subject = await subjectOf(store, kind, id)
  if (!subject) throw new HubError('STATE_CONFLICT', { detail: `The ${kind} has been purged.` })
  if (hasEndedWell(subject)) {
    await store.deadLetters.close(letter.id, 'resolved', 'system', clock.now(), 'It had succeeded already.')
    return 'resolved'
  }
  if (subject.state !== 'dead') return nudge(deps, letter, { actor, edit })
  if (!(await reopen(store, { kind, id, at: at + HOLD_MS }))) throw taken(kind)
  await store.deadLetters.close(letter.id, 'replayed', actor.id, clock.now())
  if (!(await reopen(store, { kind, id, at, edit }))) throw taken(kind)
  await wake(deps, { kind, id, at })
  return 'replayed'
}

/** Pending again already: a newer revision, or a replay before this one. It is only made due now. */
async function nudge(
  deps: SubjectDeps,
  letter: DeadLetter,
  { actor, edit }: Omit<Replay, 'at'>,
): Promise<Replayed> {
  const { store, clock } = deps
  const { kind, subject: id } = letter
  const at = clock.now()
  if (!(await reopen(store, { kind, id, at, edit }))) {
    if (edit) throw taken(kind)
    return 'already'
  }
  await store.deadLetters.close(letter.id, 'replayed', actor.id, at)
  await wake(deps, { kind, id, at })
  return edit ? 'replayed' : 'already'
}

export const taken = (kind: string): HubError =>
  new HubError('STATE_CONFLICT', { detail: `The ${kind} is being worked on right now.` })
