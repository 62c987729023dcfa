import type { DeadLetter, DeadLetterState, NewDeadLetter } from '../contracts/store.ts'

/** The same parking told twice (same time) counts once: the call is safe to repeat. */
export function openLetter(stored: DeadLetter | null, letter: NewDeadLetter): DeadLetter {
  if (!stored) return { ...letter, state: 'open', times: 1, openedAt: letter.at }
  if (stored.state === 'open' && stored.at === letter.at) return stored
  return { ...letter, state: 'open', times: stored.times + 1, openedAt: stored.openedAt }
}

const CLOSED_FOR_GOOD: readonly DeadLetterState[] = ['resolved', 'discarded']

export const mayClose = (from: DeadLetterState, to: DeadLetterState): boolean =>
  from !== to && !CLOSED_FOR_GOOD.includes(from)
