import type { Problem, RunProblem } from '../api/mapping-types.ts'
import { Empty } from '../components/panel.tsx'
import { Sentence } from '../components/sentence.tsx'
import type { Place } from '../editor/code-editor.tsx'

interface ProblemsViewProps {
  problems: readonly Problem[]
  runProblems: readonly RunProblem[]
  onGo(place: Place, file: string | undefined): void
}

/** What is wrong with the mapping, then what is wrong with this message; each leads to its line. */
export function ProblemsView({ problems, runProblems, onGo }: ProblemsViewProps) {
  if (problems.length + runProblems.length === 0)
    return (
      <Empty title="No problems.">
        <p>The mapping fits its schemas, and this message has all that it needs.</p>
      </Empty>
    )
  return (
    <ul class="problems">
      {problems.map((problem, index) => (
        <li key={index}>
          <Title problem={problem} label={problem.severity === 'error' ? 'Error' : 'Warning'} />
          <p>
            <Sentence text={problem.message} />
          </p>
          {problem.hint && (
            <p class="hint">
              <Sentence text={problem.hint} />
            </p>
          )}
          <Where problem={problem} onGo={onGo} />
        </li>
      ))}
      {runProblems.map((problem, index) => (
        <li key={`run ${index}`}>
          <Title problem={{ ...problem, severity: 'error' }} label="This message" />
          <p>
            <Sentence text={problem.message} />
          </p>
          <Where problem={problem} onGo={onGo} />
        </li>
      ))}
    </ul>
  )
}

function Title({ problem, label }: { problem: Pick<Problem, 'code' | 'severity'>; label: string }) {
  return (
    <p class="problem-title">
      <strong class={problem.severity === 'error' ? 'bad' : 'warn'}>{label}</strong>{' '}
      <code>{problem.code}</code>
    </p>
  )
}

interface WhereProps {
  problem: { line: number; column: number; file?: string }
  onGo: ProblemsViewProps['onGo']
}

function Where({ problem: { line, column, file }, onGo }: WhereProps) {
  return (
    <button type="button" class="where" onClick={() => onGo({ line, column }, file)}>
      line {line}, column {column}
      {file && <small>{file}</small>}
    </button>
  )
}
