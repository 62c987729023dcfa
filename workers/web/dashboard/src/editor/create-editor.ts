import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, indentOnInput } from '@codemirror/language'
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { diagnosticsOf } from './diagnostics.ts'
import type { Flaw } from './flaw.ts'
import { markedLines, markLines } from './marked-lines.ts'
import { theme } from './theme.ts'

export interface EditorSetup {
  /** What somebody hears who comes here. */
  label: string
  language: 'yaml' | 'json'
  readOnly?: boolean
}

export interface EditorEvents {
  onChange?(text: string): void
  /** Ctrl+Enter. */
  onRun?(): void
  /** The line under the pointer, else the one of the cursor; null when the editor is left. */
  onLine?(line: number | null): void
}

export interface Editor {
  setText(text: string): void
  setFlaws(flaws: readonly Flaw[]): void
  setMarked(lines: readonly number[]): void
  moveTo(place: { line: number; column: number }): void
  destroy(): void
}

/**
 * CodeMirror in a shadow root: there its styles are constructed sheets, which a content security policy without inline
 * styles allows. In the page itself they would be a `<style>` element, which it does not.
 */
export function createEditor(box: HTMLElement, setup: EditorSetup, events: Required<EditorEvents>): Editor {
  const root = box.shadowRoot ?? box.attachShadow({ mode: 'open' })
  const view = new EditorView({ root, parent: root, extensions: extensionsFor(setup, events) })
  return {
    setText(text) {
      const { doc } = view.state
      if (doc.toString() !== text) view.dispatch({ changes: { from: 0, to: doc.length, insert: text } })
    },
    setFlaws: flaws => view.dispatch(setDiagnostics(view.state, diagnosticsOf(view.state.doc, flaws))),
    setMarked(lines) {
      const first = lines.length > 0 ? Math.min(...lines) : 0
      const { doc } = view.state
      const scroll =
        setup.readOnly && first >= 1 && first <= doc.lines
          ? [EditorView.scrollIntoView(doc.line(first).from, { y: 'center' })]
          : []
      view.dispatch({ effects: [markLines.of(lines), ...scroll] })
    },
    moveTo({ line, column }) {
      const { doc } = view.state
      const at = doc.line(Math.min(Math.max(line, 1), doc.lines))
      const anchor = Math.min(at.from + column - 1, at.to)
      view.dispatch({
        selection: { anchor },
        effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
      })
      view.focus()
    },
    destroy: () => view.destroy(),
  }
}

function extensionsFor(
  { label, language, readOnly }: EditorSetup,
  events: Required<EditorEvents>,
): Extension {
  const run = () => {
    events.onRun()
    return true
  }
  return [
    keymap.of([
      { key: 'Mod-Enter', run },
      ...defaultKeymap,
      ...historyKeymap,
      ...searchKeymap,
      ...lintKeymap,
    ]),
    lineNumbers(),
    history(),
    drawSelection(),
    bracketMatching(),
    indentOnInput(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    search({ top: true }),
    language === 'yaml' ? yaml() : json(),
    markedLines,
    theme,
    EditorView.contentAttributes.of({ 'aria-label': label }),
    readOnly ? [EditorState.readOnly.of(true)] : lintGutter(),
    language === 'json' ? EditorView.lineWrapping : [],
    typingOverSelection,
    watching(events),
  ]
}

/**
 * Left to itself, the browser carries the look of what is typed over along in inline styles; the content security policy
 * takes those away again and reports each one.
 */
const typingOverSelection = EditorView.domEventHandlers({
  beforeinput({ inputType, data }, view) {
    if (inputType !== 'insertText' || !data || view.state.selection.main.empty || view.composing) return false
    if (view.state.readOnly) return true
    view.dispatch(view.state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true })
    return true
  },
})

function watching({ onChange, onLine }: Required<EditorEvents>): Extension {
  const cursorLine = (view: EditorView): number | null =>
    view.hasFocus ? view.state.doc.lineAt(view.state.selection.main.head).number : null
  return [
    EditorView.updateListener.of(({ docChanged, selectionSet, focusChanged, state, view }) => {
      if (docChanged) onChange(state.doc.toString())
      if (selectionSet || focusChanged) onLine(cursorLine(view))
    }),
    EditorView.domEventHandlers({
      mousemove(event, view) {
        const at = view.posAtCoords({ x: event.clientX, y: event.clientY })
        onLine(at === null ? cursorLine(view) : view.state.doc.lineAt(at).number)
      },
      mouseleave: (_, view) => onLine(cursorLine(view)),
    }),
  ]
}
