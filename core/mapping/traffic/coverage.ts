import { ANYTHING, type SchemaView } from '../check/schema-view.ts'
import type { Leaf } from '../check/shape.ts'
import { readings } from './readings.ts'

/** A field that records have. */
export interface CoveredField {
  /** Pointer, `*` for items of arrays and for keys that the schema leaves open. */
  pointer: string
  /** How often it stood in the records. */
  count: number
  /** Whether some rule of the mapping reads it. */
  read: boolean
  /** Whether the source schema knows it. */
  declared: boolean
}

export interface Coverage {
  records: number
  /** In the order in which they were met. */
  fields: CoveredField[]
  /** How many fields no rule reads. */
  unread: number
  /** How many the source schema does not know. */
  undeclared: number
}

const MOST_FIELDS = 10_000
const MOST_DEPTH = 64

/** Which fields of some records the rules of a mapping read. Only values count, and empty lists and objects. */
export function coverageOf(parts: {
  leaves: readonly Leaf[]
  /** Null where no schema says what the source sends: then every field counts as declared. */
  schema: SchemaView | null
  records: Iterable<unknown>
}): Coverage {
  const isRead = readings(parts.leaves)
  const collected = new Collected()
  let records = 0
  for (const record of parts.records) {
    collected.add(record, parts.schema ?? ANYTHING, [])
    records++
  }
  const fields = [...collected.fields.values()].map(({ path, count, declared }) => ({
    pointer: pointerOf(path),
    count,
    read: isRead(path),
    declared,
  }))
  const without = (key: 'read' | 'declared') => fields.filter(field => !field[key]).length
  return { records, fields, unread: without('read'), undeclared: without('declared') }
}

/** The fields of several records, each with the place of the schema that it belongs to. */
class Collected {
  readonly fields = new Map<string, { path: readonly string[]; count: number; declared: boolean }>()

  add(value: unknown, view: SchemaView | null, path: readonly string[]): void {
    if (path.length >= MOST_DEPTH || isPlain(value)) this.#count(path, view !== null)
    else if (Array.isArray(value))
      for (const item of value) this.add(item, view?.items ?? null, [...path, '*'])
    else
      for (const [name, member] of Object.entries(value as object)) {
        const named = !view || view.propertyNames.includes(name) || (view.others ?? ANYTHING) === ANYTHING
        this.add(member, view?.property(name) ?? null, [...path, named ? name : '*'])
      }
  }

  #count(path: readonly string[], declared: boolean): void {
    const key = path.join('\u0000')
    const known = this.fields.get(key)
    if (known) known.count++
    else if (this.fields.size < MOST_FIELDS) this.fields.set(key, { path, count: 1, declared })
  }
}

/** A value, or a list or object with nothing in it. */
function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0
}

const pointerOf = (path: readonly string[]): string =>
  path.map(name => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
