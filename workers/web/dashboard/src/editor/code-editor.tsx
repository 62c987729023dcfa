import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { createEditor, type Editor, type EditorEvents, type EditorSetup } from './create-editor.ts'
import type { Flaw } from './flaw.ts'

export interface Place {
  line: number
  column: number
}

export interface CodeEditorProps extends EditorSetup, EditorEvents {
  text: string
  flaws?: readonly Flaw[]
  /** Lines (1-based) that something else on the page points at. */
  marked?: readonly number[]
  /** Every new object puts the cursor there. */
  cursor?: Place | null
}

const NONE: readonly never[] = []

export function CodeEditor(props: CodeEditorProps) {
  const { text, flaws = NONE, marked = NONE, cursor = null } = props
  const box = useRef<HTMLDivElement>(null)
  const editor = useRef<Editor | null>(null)
  // The editor outlives a render; it calls what the newest one gave.
  const events = useRef<EditorEvents>(props)
  events.current = props

  useLayoutEffect(() => {
    const { label, language, readOnly } = props
    const latest: Required<EditorEvents> = {
      onChange: text => events.current.onChange?.(text),
      onRun: () => events.current.onRun?.(),
      onLine: line => events.current.onLine?.(line),
    }
    editor.current = createEditor(box.current!, { label, language, readOnly }, latest)
    return () => editor.current?.destroy()
  }, [props.label, props.language, props.readOnly])

  useLayoutEffect(() => editor.current?.setText(text), [text, props.readOnly])
  useEffect(() => editor.current?.setFlaws(flaws), [flaws, text])
  useEffect(() => editor.current?.setMarked(marked), [marked, text])
  useEffect(() => {
    if (cursor) editor.current?.moveTo(cursor)
  }, [cursor])

  return <div ref={box} class="code-editor" />
}
