import { useMemo, useState } from 'preact/hooks'
import { CodeEditor, type Place } from '../editor/code-editor.tsx'
import { linesOfPointers } from '../editor/json-lines.ts'
import { MessagePanel } from './message-panel.tsx'
import { flawsOf, layerOf, pointersAt, standsIn } from './pointing.ts'
import { ResultPanel } from './result-panel.tsx'
import { TrialStatus } from './trial-status.tsx'
import type { SubjectChoice } from './use-subject.ts'
import type { TrialState } from './use-trial.ts'
import type { Workbench } from './use-workbench.ts'

interface BenchProps {
  workbench: Workbench
  choice: SubjectChoice
  state: TrialState & { run(): void }
  /** Trying a text of one’s own shows payloads. */
  mayEdit: boolean
}

/** Mapping on the left, message and result on the right; each says where it comes from in the others. */
export function Bench({ workbench, choice, state, mayEdit }: BenchProps) {
  const { layer, choices, text, edit, choose } = workbench
  const [line, setLine] = useState<number | null>(null)
  const [picked, setPicked] = useState<string | null>(null)
  const [cursor, setCursor] = useState<Place | null>(null)
  const [index, setIndex] = useState(0)

  const records = state.trial?.records ?? []
  const record = records[index] ?? records[0] ?? null
  const here = useMemo(() => {
    const inLayer = ({ file }: { file?: string }) => standsIn(layer, choices, file)
    return {
      leaves: (record?.leaves ?? []).filter(inLayer),
      flaws: flawsOf((state.trial?.problems ?? []).filter(inLayer), (record?.problems ?? []).filter(inLayer)),
    }
  }, [state.trial, record, layer, choices])
  const pointed = useMemo(() => pointersAt(here.leaves, line), [here, line])
  const sources = useMemo(() => {
    const shown = pointed.size > 0 ? pointed : new Set(picked === null ? [] : [picked])
    const leaves = (record?.leaves ?? []).filter(({ pointer }) => shown.has(pointer))
    return linesOfPointers(choice.text, [...new Set(leaves.flatMap(({ sources }) => sources))])
  }, [pointed, picked, record, choice.text])

  const go = (place: Place, file: string | undefined) => {
    choose(layerOf(choices, file, layer).key)
    setCursor({ ...place })
  }
  const pick = (pointer: string) => {
    const leaf = record?.leaves.find(known => known.pointer === pointer)
    if (!leaf) return
    setPicked(pointer)
    go(leaf, leaf.file)
  }

  return (
    <div class="bench">
      <section class="panel bench-mapping" aria-label="Mapping">
        <CodeEditor
          label="Mapping"
          language="yaml"
          readOnly={!mayEdit}
          text={text}
          flaws={here.flaws}
          cursor={cursor}
          onChange={edit}
          onRun={state.run}
          onLine={setLine}
        />
        <TrialStatus state={state} />
      </section>
      <div class="bench-right">
        <MessagePanel choice={choice} marked={sources} onRun={state.run} />
        {records.length > 1 && <RecordPicker count={records.length} index={index} onPick={setIndex} />}
        <ResultPanel
          state={state}
          record={record}
          pointed={pointed}
          picked={picked}
          onPick={pick}
          onGo={go}
        />
      </div>
    </div>
  )
}

interface RecordPickerProps {
  count: number
  index: number
  onPick(index: number): void
}

function RecordPicker({ count, index, onPick }: RecordPickerProps) {
  return (
    <p class="record-picker">
      This message holds {count} records.{' '}
      <select aria-label="Record" value={index} onChange={event => onPick(Number(event.currentTarget.value))}>
        {Array.from({ length: count }, (_, number) => (
          <option key={number} value={number}>
            Record {number + 1}
          </option>
        ))}
      </select>
    </p>
  )
}
