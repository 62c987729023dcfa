import { useState } from 'preact/hooks'
import { ApiProblem, messageOf, post, queryOf } from '../api/client.ts'
import {
  type CaseResult,
  type MappingVersion,
  type MappingView,
  mappingPath,
  type Problem,
  type Published,
} from '../api/mapping-types.ts'
import type { List } from '../api/types.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Dialog } from '../components/dialog.tsx'
import { announce } from '../components/toasts.tsx'
import { CodeEditor } from '../editor/code-editor.tsx'
import type { LayerChoice } from './layers.ts'
import { scopeName } from './layers.ts'
import { Refusal } from './refusal.tsx'
import type { Workbench } from './use-workbench.ts'

interface PublishProps {
  view: MappingView
  workbench: Workbench
  onPublished(published: Published): void
}

/** Asks for a note and the cases; the hub refuses what does not compile or whose cases fail, and the dialog says what. */
export function Publish({ view, workbench, onPublished }: PublishProps) {
  const [asking, setAsking] = useState(false)
  const { layer, changed } = workbench
  const isNew = layer.file === null
  return (
    <>
      <button type="button" class="primary" disabled={!changed && !isNew} onClick={() => setAsking(true)}>
        Publish…
      </button>
      {asking && (
        <PublishDialog
          view={view}
          workbench={workbench}
          onClose={() => setAsking(false)}
          onPublished={published => {
            setAsking(false)
            announce('ok', `#${published.number} is published for ${scopeName(published.scope)}.`)
            onPublished(published)
          }}
        />
      )}
    </>
  )
}

export interface RefusedPublication {
  text: string
  problems: Problem[]
  cases: CaseResult[]
}

function PublishDialog({ view, workbench, onClose, onPublished }: PublishProps & { onClose(): void }) {
  const { layer, text } = workbench
  const [note, setNote] = useState('')
  const [typed, setTyped] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<RefusedPublication | null>(null)
  const standing = useStandingCases(view, layer)
  const cases = typed ?? standing ?? ''

  const publish = async (event: Event) => {
    event.preventDefault()
    setBusy(true)
    setRefused(null)
    await post<Published>(`${mappingPath(view.id)}/versions`, {
      text,
      ...(note.trim() ? { note: note.trim() } : {}),
      ...(cases !== standing && cases.trim() ? { cases } : {}),
      ...(layer.published ? { after: layer.published.number } : {}),
    }).then(onPublished, (problem: unknown) => setRefused(refusedBy(problem)))
    setBusy(false)
  }

  return (
    <Dialog title="Publish this mapping?" wide onClose={onClose}>
      <form onSubmit={event => void publish(event)}>
        <p>
          It counts from the next message on, for {scopeName(layer.scope)}. What was mapped before stays as it
          is until it is replayed. Every version is kept: you can roll back.
        </p>
        <label>
          Note, kept with the version
          <input maxLength={500} value={note} onInput={event => setNote(event.currentTarget.value)} />
        </label>
        <p class="label">Cases: the hub runs them, and refuses while one fails.</p>
        <div class="cases-editor">
          <CodeEditor label="Cases" language="yaml" text={cases} onChange={setTyped} />
        </div>
        {refused && <Refusal refused={refused} />}
        <div class="dialog-actions">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="primary" disabled={busy || standing === null}>
            {busy ? 'Running the cases…' : 'Publish'}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

/** The cases that count now: those of the newest version of this scope, else for the shipped file those beside it. */
function useStandingCases(view: MappingView, layer: LayerChoice): string | null {
  const path = `${mappingPath(view.id)}/versions${queryOf({ scope: layer.scope, limit: 1 })}`
  const { value, error } = useAnswer<List<MappingVersion>>(layer.published ? path : null)
  if (!layer.published) return layer.file === null ? '' : view.cases
  if (error) return ''
  return value ? (value.items[0]?.cases ?? '') : null
}

function refusedBy(problem: unknown): RefusedPublication {
  const { title, problems, cases } = (problem instanceof ApiProblem ? problem.answer : {}) as {
    title?: string
    problems?: Problem[]
    cases?: CaseResult[]
  }
  // The detail of an answer says the list once more, in one line.
  const text = title && (problems || cases) ? title : messageOf(problem)
  return { text, problems: problems ?? [], cases: cases ?? [] }
}
