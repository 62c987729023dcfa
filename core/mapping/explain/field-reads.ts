import { pointerOf } from '../check/origin/origin.ts'
import { isArray } from '../runtime/sequence.ts'
import type { Reading } from './reading.ts'

/** A field of the record that a rule read. */
export interface FieldRead {
  /** Positions filled in. */
  pointer: string
  /** The same without positions, as a rule names it. */
  name: string
  value: unknown
}

/** Shows a record to a run and tells whoever is reading which of its fields the run looks at. */
export class FieldReads {
  /** Told of every field; null while no rule is evaluated. */
  reading: Reading | null = null
  readonly #shown = new WeakMap<object, object>()
  readonly #fieldOf = new WeakMap<object, FieldRead>()

  /** An object or array of the record, as the run sees it: always the same for the same one. */
  show(field: FieldRead & { value: object }): object {
    const known = this.#shown.get(field.value)
    if (known) return known
    // A copy, because a proxy of a frozen object may not give anything else for its members.
    const copy = isArray(field.value) ? [...field.value] : { ...field.value }
    const shown = new Proxy(copy, { get: (target, key) => this.#member(field, target, key) })
    this.#shown.set(field.value, shown)
    this.#fieldOf.set(shown, field)
    return shown
  }

  /** The field that an object or array of the record stands in. */
  fieldOf(value: unknown): FieldRead | undefined {
    return typeof value === 'object' && value !== null ? this.#fieldOf.get(value) : undefined
  }

  /** A value that the run made, with the parts of the record in it as they were. */
  given(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value
    const field = this.#fieldOf.get(value)
    if (field) return field.value
    const members = value as Record<string, unknown>
    for (const [key, member] of Object.entries(members)) {
      const given = this.given(member)
      if (given !== member) members[key] = given
    }
    return value
  }

  #member(from: FieldRead, target: object, key: string | symbol): unknown {
    const value: unknown = Reflect.get(target, key)
    const inList = isArray(target)
    if (typeof key === 'symbol' || !Object.hasOwn(target, key) || (inList && key === 'length')) return value
    const segment = pointerOf([key])
    const name = inList ? from.name : `${from.name}${segment}`
    const field = { pointer: `${from.pointer}${segment}`, name, value }
    if (typeof value !== 'object' || value === null) {
      if (value !== undefined) this.reading?.field(field)
      return value
    }
    // Whoever goes through a list meets all its items: those that count are looked into or given.
    if (!inList) this.reading?.field(field)
    return this.show({ ...field, value })
  }
}
