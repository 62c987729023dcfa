import { Sentence } from '../components/sentence.tsx'
import { plural } from '../format.ts'
import type { RefusedPublication } from './publish.tsx'

/** Why the hub does not take it: failing cases with what differs, problems with their place. */
export function Refusal({ refused: { text, problems, cases } }: { refused: RefusedPublication }) {
  const failed = cases.filter(({ ok }) => !ok)
  return (
    <div class="refusal" role="alert">
      <p>
        <strong>Not published.</strong> {text}
      </p>
      {cases.length > 0 && (
        <p>
          {failed.length} of {plural(cases.length, 'case')} {failed.length === 1 ? 'fails' : 'fail'}:
        </p>
      )}
      <ul>
        {failed.map(({ name, differences }) => (
          <li key={name}>
            <strong>✕ {name}</strong>
            {differences.map(difference => (
              <code key={difference}>{difference}</code>
            ))}
          </li>
        ))}
        {problems.map(({ line, column, message, hint }, index) => (
          <li key={index}>
            <strong>
              Line {line}, column {column}:
            </strong>{' '}
            <span>
              <Sentence text={hint ? `${message} ${hint}` : message} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
