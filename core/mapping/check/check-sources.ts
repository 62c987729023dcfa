import type { Problems } from '../source/problems.ts'
import { nearest } from './nearest.ts'
import type { SchemaView } from './schema-view.ts'
import type { Leaf } from './shape.ts'

/** For an outgoing mapping: every field that it reads must be one of the canonical document. */
export function checkSources(leaves: readonly Leaf[], schema: SchemaView, problems: Problems): void {
  for (const { expression, sources } of leaves) {
    for (const source of sources) {
      const unknown = firstUnknown(source, schema)
      if (unknown)
        problems.add(
          'SOURCE_UNKNOWN',
          expression.place,
          `The canonical document has no \`${unknown.pointer}\`.`,
          unknown.hint,
        )
    }
  }
}

function firstUnknown(
  source: string,
  schema: SchemaView,
): { pointer: string; hint: string | undefined } | null {
  let view = schema
  let pointer = ''
  for (const name of source.split('/').slice(1)) {
    pointer += `/${name}`
    if (name === '**') return null
    if (view.type === 'array') view = view.items
    if (name === '*') continue
    const next = view.property(name)
    if (!next) return { pointer, hint: nearest(name, view.propertyNames) }
    view = next
  }
  return null
}
