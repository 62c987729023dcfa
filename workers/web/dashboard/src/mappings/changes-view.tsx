import type { TriedOutcome, TriedRecord } from '../api/mapping-types.ts'
import { Empty } from '../components/panel.tsx'
import { plural } from '../format.ts'
import { Differences } from './differences.tsx'

/** Against the mapping that holds now, leaf by leaf. */
export function ChangesView({ record }: { record: TriedRecord }) {
  const { before, differences, outcome } = record
  const turn = before && before.outcome !== outcome ? turnText(before, record) : null
  if (!turn && differences.length === 0)
    return (
      <Empty title="Nothing changes.">
        <p>This message gives the same document as under the mapping that holds now.</p>
      </Empty>
    )
  return (
    <>
      <p class="tab-lead" role="status">
        {turn ?? `${plural(differences.length, 'leaf', 'leaves')} of this document would change.`}
      </p>
      {differences.length > 0 && <Differences differences={differences} label="Changes" />}
    </>
  )
}

const WORDS: Record<TriedOutcome['outcome'], string> = {
  document: 'gives a document',
  skipped: 'is skipped',
  problems: 'is parked',
}

const turnText = (before: TriedOutcome, after: TriedOutcome): string =>
  `The message ${WORDS[after.outcome]}; under the mapping that holds now it ${WORDS[before.outcome]}.`
