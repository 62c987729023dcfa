import { useEffect, useMemo, useState } from 'preact/hooks'
import type { ConnectionRow, MappingScope, MappingView } from '../api/mapping-types.ts'
import { readDrafts, writeDrafts } from './drafts.ts'
import { type LayerChoice, layerChoices } from './layers.ts'

export interface Workbench {
  choices: LayerChoice[]
  layer: LayerChoice
  text: string
  /** Whether the text is another one than the layer's. */
  changed: boolean
  /** Keys of layers with text that is not published. */
  edited: ReadonlySet<string>
  choose(key: string): void
  /** Opens the layer of a scope with this text in it, as if it had been typed. */
  load(scope: MappingScope, text: string): void
  edit(text: string): void
  /** Gives up what was typed in the open layer; `next` opens another. */
  discard(next?: string): void
}

/** The layers of a mapping with what was typed in them. */
export function useWorkbench(view: MappingView, connection: ConnectionRow | null): Workbench {
  const [drafts, setDrafts] = useState(() => readDrafts(view.id))
  useEffect(() => writeDrafts(view.id, drafts), [view.id, drafts])

  const choices = useMemo(() => layerChoices(view, connection), [view, connection])
  const layer = choices.find(({ key }) => key === drafts.open) ?? choices[0]!
  const text = drafts.texts[layer.key] ?? layer.text

  return {
    choices,
    layer,
    text,
    changed: text !== layer.text,
    edited: new Set(Object.keys(drafts.texts)),
    choose: key => setDrafts(known => ({ ...known, open: key })),
    load: (scope, text) => {
      const found = choices.find(choice => choice.scope === scope && (choice.published ?? !choice.file))
      if (!found) return
      setDrafts(({ texts }) => ({ open: found.key, texts: withDraft(texts, found, text) }))
    },
    edit: typed => setDrafts(known => ({ ...known, texts: withDraft(known.texts, layer, typed) })),
    discard: next =>
      setDrafts(({ open, texts }) => ({ open: next ?? open, texts: withDraft(texts, layer, layer.text) })),
  }
}

/** A text that is the layer's own again is no draft. */
function withDraft(texts: Record<string, string>, layer: LayerChoice, typed: string): Record<string, string> {
  const { [layer.key]: _, ...others } = texts
  return typed === layer.text ? others : { ...others, [layer.key]: typed }
}
