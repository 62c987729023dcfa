import type {
  ConnectionRow,
  MappingLayer,
  MappingScope,
  MappingView,
  PublicationNote,
} from '../api/mapping-types.ts'

/** A file that can be edited here: one that takes part in the mapping, or an overlay that does not exist yet. */
export interface LayerChoice {
  key: string
  label: string
  scope: MappingScope
  /** As problems and rules name it: its path, with scope and number of what was published. Null: it does not exist yet. */
  file: string | null
  text: string
  published: PublicationNote | null
}

/** `everybody`, `tenant acme`, `connection acme-shopify`. */
export const scopeName = (scope: MappingScope): string =>
  scope === '*' ? 'everybody' : scope.replace(':', ' ')

export const publishedKey = (scope: MappingScope): string => `published ${scope}`

/** Highest first: what holds most specifically is what people came to change. New overlays come last. */
export function layerChoices(view: MappingView, connection: ConnectionRow | null): LayerChoice[] {
  const present = view.layers.map((layer, index) => presentChoice(layer, index)).toReversed()
  const taken = new Set(view.layers.filter(layer => layer.published).map(layer => layer.scope))
  const possible: MappingScope[] = [
    '*',
    ...(connection ? ([`tenant:${connection.tenant}`, `connection:${connection.id}`] as const) : []),
  ]
  const fresh = possible.filter(scope => !taken.has(scope)).map(scope => freshChoice(view, scope))
  return [...present, ...fresh]
}

function presentChoice({ scope, path, published, text }: MappingLayer, index: number): LayerChoice {
  const key = published ? publishedKey(scope) : `file ${path}`
  const file = published ? `${path} (${scope}#${published.number})` : path
  return { key, label: labelOf({ scope, published }, index), scope, file, text, published }
}

function labelOf({ scope, published }: Pick<MappingLayer, 'scope' | 'published'>, index: number): string {
  if (published) return `Published for ${scopeName(scope)}, #${published.number}`
  return index === 0 ? 'Shipped file' : `Overlay file for ${scopeName(scope)}`
}

const freshChoice = (view: MappingView, scope: MappingScope): LayerChoice => ({
  key: `new ${scope}`,
  label: `New overlay for ${scopeName(scope)}`,
  scope,
  file: null,
  text: overlayTemplate(view, scope),
  published: null,
})

const isBranch = (leaves: MappingView['leaves'], pointer: string): boolean =>
  leaves.some(leaf => leaf.pointer.startsWith(`${pointer}/`))

/** Compiles as it stands: one leaf of the mapping, as it is, ready to be changed. */
function overlayTemplate({ id, leaves }: MappingView, scope: MappingScope): string {
  const [kind, name] = scope.split(':')
  const leaf = leaves.findLast(({ pointer }) => /^\/[a-z]\w*$/i.test(pointer) && !isBranch(leaves, pointer))
  return [
    `# Laid over ${id}: adds and replaces leaves, and table entries.`,
    `extends: ${id}`,
    ...(scope === '*' ? [] : [`for: { ${kind}: ${JSON.stringify(name)} }`]),
    'version: 1',
    'document:',
    '  # One leaf as it is now. Change it, or add others; `null` takes a leaf away.',
    leaf ? `  ${leaf.pointer.slice(1)}: ${JSON.stringify(leaf.expression)}` : '  {}',
    '',
  ].join('\n')
}
