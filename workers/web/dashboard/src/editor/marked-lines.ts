import { type Extension, RangeSetBuilder, StateEffect, StateField, type Text } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view'

/** 1-based line numbers; what is not in the text is left out. */
export const markLines = StateEffect.define<readonly number[]>()

const marked = Decoration.line({ class: 'cm-marked' })

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    for (const effect of transaction.effects)
      if (effect.is(markLines)) return decorate(transaction.state.doc, effect.value)
    return decorations.map(transaction.changes)
  },
  provide: source => EditorView.decorations.from(source),
})

function decorate(doc: Text, lines: readonly number[]): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  const known = [...new Set(lines)].filter(line => line >= 1 && line <= doc.lines)
  for (const line of known.toSorted((a, b) => a - b)) {
    const { from } = doc.line(line)
    builder.add(from, from, marked)
  }
  return builder.finish()
}

/** Lines that something else on the page points at. */
export const markedLines: Extension = field
