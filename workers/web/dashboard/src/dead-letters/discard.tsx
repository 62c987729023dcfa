import type { Letter } from '../api/types.ts'
import { WithReason } from './with-reason.tsx'

interface DiscardProps {
  letter: Letter
  onDiscarded(): void
}

/** Giving something up. */
export const Discard = ({ letter, onDiscarded }: DiscardProps) => (
  <WithReason
    letter={letter}
    act="discard"
    verb="Discard"
    title="Discard this letter"
    consequence="It will not be tried again. A newer change of the same thing still comes through."
    look={{ opener: 'quiet', submit: 'danger' }}
    onDone={onDiscarded}
  />
)
