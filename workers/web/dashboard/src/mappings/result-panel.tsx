import { useEffect, useRef, useState } from 'preact/hooks'
import type { TriedRecord } from '../api/mapping-types.ts'
import { Empty, Skeleton } from '../components/panel.tsx'
import { type Tab, Tabs } from '../components/tabs.tsx'
import type { Place } from '../editor/code-editor.tsx'
import { ChangesView } from './changes-view.tsx'
import { DocumentView } from './document-view.tsx'
import { LineageView } from './lineage-view.tsx'
import { ProblemsView } from './problems-view.tsx'
import type { TrialState } from './use-trial.ts'

type Name = 'document' | 'problems' | 'lineage' | 'changes'

interface ResultPanelProps {
  state: TrialState
  record: TriedRecord | null
  pointed: ReadonlySet<string>
  picked: string | null
  onPick(pointer: string): void
  onGo(place: Place, file: string | undefined): void
}

export function ResultPanel(props: ResultPanelProps) {
  const { state, record, pointed } = props
  const section = useRef<HTMLElement>(null)
  useEffect(() => revealPointed(section.current), [pointed])
  const [open, setOpen] = useState<Name>('document')
  const problems = state.trial?.problems ?? []
  const runProblems = record?.problems ?? []
  const broken = problems.some(({ severity }) => severity === 'error') || runProblems.length > 0
  const tabs: Tab<Name>[] = [
    { name: 'document', label: 'Document' },
    {
      name: 'problems',
      label: 'Problems',
      count: problems.length + runProblems.length,
      tone: broken ? 'bad' : 'warn',
    },
    { name: 'lineage', label: 'Lineage' },
    { name: 'changes', label: 'Changes', count: record?.differences.length ?? 0 },
  ]
  return (
    <section ref={section} class="panel bench-result" aria-label="Result">
      <Tabs<Name> label="Result" tabs={tabs} open={open} onOpen={setOpen}>
        {open === 'problems' ? (
          <ProblemsView problems={problems} runProblems={runProblems} onGo={props.onGo} />
        ) : record ? (
          <Record {...props} record={record} open={open} />
        ) : (
          <Nothing state={state} broken={broken} />
        )}
      </Tabs>
    </section>
  )
}

/** Scrolls the panel alone: `scrollIntoView` would move the page under the pointer. */
function revealPointed(section: HTMLElement | null): void {
  const panel = section?.querySelector<HTMLElement>('.tab-panel')
  const first = panel?.querySelector<HTMLElement>('.pointed')
  if (!panel || !first) return
  const [outer, inner] = [panel.getBoundingClientRect(), first.getBoundingClientRect()]
  if (inner.top < outer.top || inner.bottom > outer.bottom)
    panel.scrollTop += inner.top - outer.top - outer.height / 3
}

function Record({
  record,
  open,
  pointed,
  picked,
  onPick,
}: ResultPanelProps & { record: TriedRecord; open: Name }) {
  if (open === 'lineage')
    return <LineageView leaves={record.leaves} pointed={pointed} picked={picked} onPick={onPick} />
  if (open === 'changes') return <ChangesView record={record} />
  return <DocumentView record={record} pointed={pointed} onPick={onPick} />
}

function Nothing({ state: { trial, error }, broken }: { state: TrialState; broken: boolean }) {
  if (!trial && !error) return <Skeleton lines={8} />
  if (broken)
    return (
      <Empty title="The mapping does not compile.">
        <p>Problems says where and why. The document comes back as soon as it does.</p>
      </Empty>
    )
  return (
    <Empty title="No document.">
      <p>{error ?? 'Choose or paste a message to see what it becomes.'}</p>
    </Empty>
  )
}
