import type { DeadLetter, DeadLetterState, NewDeadLetter } from '../contracts/store.ts'

/** The same parking told twice (same time) counts once: the call is safe to repeat. */
export function openLetter(stored: DeadLetter | null, letter: NewDeadLetter): DeadLetter {
  if (!stored) return { ...letter, state: 'open', times: 1, openedAt: letter.at }
  if (stored.state === 'open' && stored.at === letter.at) return stored
  const again = { ...letter, state: 'open' as const, times: stored.times + 1, openedAt: stored.openedAt }
  return goesOn(stored, letter) ? { ...again, ...clockOf(stored) } : again
}

/** Neither a newer revision nor a replay of what is still held gives more time, a change of its owner neither. */
const goesOn = (stored: DeadLetter, letter: NewDeadLetter): boolean =>
  letter.dueAt !== undefined && stored.cause === letter.cause && !CLOSED_FOR_GOOD.includes(stored.state)

const clockOf = ({ owner, dueAt, escalatedAt }: DeadLetter): Partial<DeadLetter> =>
  escalatedAt === undefined ? { dueAt } : { owner, dueAt, escalatedAt }

const CLOSED_FOR_GOOD: readonly DeadLetterState[] = ['resolved', 'discarded']

export const mayClose = (from: DeadLetterState, to: DeadLetterState): boolean =>
  from !== to && !CLOSED_FOR_GOOD.includes(from)

/** Null while it has time, is closed, or somebody else has done it. */
export function escalateLetter(letter: DeadLetter | null, now: number): DeadLetter | null {
  if (letter?.state !== 'open' || letter.escalatedAt !== undefined) return null
  if (letter.dueAt === undefined || letter.dueAt > now) return null
  return { ...letter, owner: letter.escalateTo ?? letter.owner, escalatedAt: now }
}
