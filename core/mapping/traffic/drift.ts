import type { DriftKind } from '../../contracts/records.ts'
import type { SchemaView } from '../check/schema-view.ts'
import { ANY_NODE, DriftNode, typeBit, typeName } from './drift-node.ts'

/** One way in which a record differs from its source schema. */
export interface Found {
  kind: DriftKind
  /** Pointer into the record, `*` for items of arrays and for keys that the schema leaves open. */
  pointer: string
  /** The new value, or the type that was found; empty for fields. */
  value: string
  /** What stands there; undefined for a field that is not there. As the partner sent it: mask before it is shown. */
  sample: unknown
}

export type DriftDetector = (record: unknown) => Found[]

const MOST_FOUND = 50
const MOST_DEPTH = 64
const NOTHING: Found[] = []

/**
 * Compares records with what a source schema declares. Resolved once per place of the schema; a record that holds nothing
 * new costs a look-up per field and allocates nothing.
 */
export function createDriftDetector(schema: SchemaView): DriftDetector {
  const root = new DriftNode(schema)
  return record => {
    const look = new Look()
    look.at(root, record, 0)
    return look.found
  }
}

/** One look at one record. */
class Look {
  found = NOTHING
  readonly #path: string[] = []

  at(node: DriftNode, value: unknown, depth: number): void {
    if (node.types !== 0 && (node.types & typeBit(value)) === 0) {
      if (!node.holdsDigits(value)) this.#report('type-change', depth, typeName(value), value)
      return
    }
    if (typeof value !== 'object') {
      if (node.values && !node.values.has(value)) this.#report('new-value', depth, String(value), value)
    } else if (value !== null && depth < MOST_DEPTH) {
      if (Array.isArray(value)) this.#items(node, value, depth)
      else this.#members(node, value as Record<string, unknown>, depth)
    }
  }

  #items(node: DriftNode, items: readonly unknown[], depth: number): void {
    const { items: expected } = node
    if (expected === ANY_NODE) return
    this.#path[depth] = '*'
    for (let index = 0; index < items.length; index++) this.at(expected, items[index], depth + 1)
  }

  #members(node: DriftNode, members: Record<string, unknown>, depth: number): void {
    for (const name in members) {
      const expected = node.member(name)
      if (expected === ANY_NODE) continue
      this.#path[depth] = expected?.unnamed ? '*' : name
      if (expected) this.at(expected, members[name], depth + 1)
      else this.#report('new-field', depth + 1, '', members[name])
    }
    for (const name of node.required) {
      if (members[name] !== undefined) continue
      this.#path[depth] = name
      this.#report('vanished-field', depth + 1, '', undefined)
    }
  }

  /** Once a record, however many items have it. */
  #report(kind: DriftKind, depth: number, value: string, sample: unknown): void {
    const pointer = this.#path.slice(0, depth).map(escaped).join('')
    if (this.found === NOTHING) this.found = []
    const known = this.found.some(
      each => each.kind === kind && each.pointer === pointer && each.value === value,
    )
    if (!known && this.found.length < MOST_FOUND) this.found.push({ kind, pointer, value, sample })
  }
}

const escaped = (name: string): string => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
