import type { Plan } from '#core/contracts/mapper.ts'
import type { PublishedMapping } from '#core/contracts/store.ts'
import type { Layer, MappingCatalogue } from '#core/mapping/catalogue/mapping-catalogue.ts'
import { withInstants } from '../times.ts'

type Described = Pick<
  Plan,
  'id' | 'version' | 'connector' | 'topics' | 'target' | 'tables' | 'source' | 'overlays' | 'interpreted'
>

export function mappingView(plan: Described, catalogue: Pick<MappingCatalogue, 'layers'>) {
  const { id, version, connector, topics, target, tables, source, overlays, interpreted } = plan
  const shared = catalogue.layers(id).findLast(({ scope, published }) => scope === '*' && published)
  return {
    ...{ id, version, connector, topics, target, tables, source, overlays },
    interpreted: interpreted.length,
    published: shared?.published?.number ?? null,
  }
}

export const layerView = ({ scope, file, published }: Layer) => ({
  scope,
  path: file.path,
  published: published && publicationOf(published),
  text: file.text,
})

function publicationOf(entry: PublishedMapping) {
  const { number, by, at, note } = withInstants(entry, 'at')
  return { number, by, at, note: note ?? null }
}

export const versionView = (entry: PublishedMapping) => ({
  ...withInstants(entry, 'at'),
  note: entry.note ?? null,
})
