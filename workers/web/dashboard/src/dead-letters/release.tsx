import type { Letter } from '../api/types.ts'
import { WithReason } from './with-reason.tsx'

interface ReleaseProps {
  letter: Letter
  onReleased(): void
}

/** Lets a held order pass the rule that holds it. */
export const Release = ({ letter, onReleased }: ReleaseProps) => (
  <WithReason
    letter={letter}
    act="release"
    verb="Release"
    title="Release this order"
    consequence={`The rule “${letter.rule}” lets it pass from now on, whatever changes about it. Other rules still hold it.`}
    more={letter.rule === undefined ? {} : { rule: letter.rule }}
    look={{ opener: 'primary', submit: 'primary' }}
    onDone={onReleased}
  />
)
