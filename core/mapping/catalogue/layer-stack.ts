import type { MappingFile } from '../../contracts/mapper.ts'
import type { MappingScope, PublishedMapping } from '../../contracts/store.ts'
import { mappingIdOf } from '../compile.ts'
import type { Audience, Layer } from './mapping-catalogue.ts'
import type { LayerFile } from './mapping-files.ts'
import { type Header, readHeader } from './read-header.ts'

/** A layer with what it says of itself. */
export interface KnownLayer extends Layer {
  /** Unlike that of any other layer. */
  readonly key: string
  /** Id of the mapping that it takes part in. */
  readonly mapping: string
  readonly header: Header
}

export function fileLayer(file: LayerFile, index: number): KnownLayer {
  const { cases, ...mappingFile } = file
  const read = readHeader(file)
  // An overlay that forgets to say of what is no mapping of its own.
  const header = { ...read, extends: read.extends ?? (file.path.endsWith('.overlay.yaml') ? '' : null) }
  return {
    key: `file ${index}`,
    mapping: header.extends ?? mappingIdOf(file.path),
    scope: header.scope,
    file: mappingFile,
    published: null,
    cases,
    header,
  }
}

export function publishedLayer(entry: PublishedMapping): KnownLayer {
  const { mapping, scope, number, text, cases } = entry
  const published = `${scope}#${number}`
  const header = readHeader({ path: mapping, text })
  const file = { path: pathOf(mapping, header), text, published }
  return { key: published, mapping, scope, file, published: entry, cases, header }
}

/** A file that is not published yet, where it would stand. */
export function draftLayer(mapping: string, file: MappingFile): KnownLayer {
  const header = readHeader(file)
  const path = header.extends === null ? pathOf(mapping, header) : file.path
  return {
    key: 'draft',
    mapping,
    scope: header.scope,
    file: { path, text: file.text },
    published: null,
    cases: '',
    header,
  }
}

/** The path gives a mapping its id, wherever its text comes from. */
export const pathOf = (mapping: string, header: Header): string =>
  `${mapping}.${header.extends === null ? 'map' : 'overlay'}.yaml`

/** Those that hold for the audience, lowest first, from the last one that starts over; none where nothing does. */
export function stackOf(layers: readonly KnownLayer[], audience: Audience): readonly KnownLayer[] {
  const own = layers
    .filter(({ scope }) => holdsFor(scope, audience))
    .toSorted((a, b) => rankOf(a.scope) - rankOf(b.scope))
  const start = own.findLastIndex(({ header }) => header.extends === null)
  return start < 0 ? [] : own.slice(start)
}

export const holdsFor = (scope: MappingScope, { id, tenant }: Audience): boolean =>
  scope === '*' || scope === `tenant:${tenant}` || scope === `connection:${id}`

/** Whom a scope names. */
export function audienceOf(scope: MappingScope): Audience {
  const id = scope.slice(scope.indexOf(':') + 1)
  if (scope.startsWith('tenant:')) return { tenant: id }
  return scope === '*' ? {} : { id }
}

/** How narrow a scope is. */
export const rankOf = (scope: MappingScope): number =>
  scope === '*' ? 0 : scope.startsWith('tenant:') ? 1 : 2
