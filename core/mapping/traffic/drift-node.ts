import { ANYTHING, type SchemaView } from '../check/schema-view.ts'

/** A place of a source schema, made ready for comparing; what is below is resolved when it is first met. */
export class DriftNode {
  /** Bits of the types that are known; 0: any. */
  readonly types: number
  /** Known values; null where the schema lists none. */
  readonly values: ReadonlySet<unknown> | null
  readonly required: readonly string[]
  /** Stands for all members that no property names. */
  readonly unnamed: boolean
  readonly #view: SchemaView
  readonly #names: ReadonlySet<string>
  readonly #members = new Map<string, DriftNode>()
  #items: DriftNode | undefined
  #others: DriftNode | null | undefined

  constructor(view: SchemaView, unnamed = false) {
    this.#view = view
    this.types = view.types ? bitsOf(view.types) | (view.nullable ? BITS.null : 0) : 0
    this.values = view.enum && new Set(view.enum)
    this.required = view.required
    this.unnamed = unnamed
    this.#names = new Set(view.propertyNames)
  }

  /** What a member should be; null where the schema does not know it. */
  member(name: string): DriftNode | null {
    return this.#members.get(name) ?? this.#firstMet(name)
  }

  get items(): DriftNode {
    this.#items ??= nodeOf(this.#view.items)
    return this.#items
  }

  /** Ids beyond 2^53 come as texts, so that no digit is lost: no change of the partner's. */
  holdsDigits(value: unknown): boolean {
    return (this.types & BITS.integer) !== 0 && typeof value === 'string' && /^-?\d{16,}$/.test(value)
  }

  /** Only names of the schema are kept: those of a payload have no end. */
  #firstMet(name: string): DriftNode | null {
    if (!this.#names.has(name)) return this.#other()
    const node = nodeOf(this.#view.property(name) ?? ANYTHING)
    this.#members.set(name, node)
    return node
  }

  #other(): DriftNode | null {
    if (this.#others === undefined) {
      const { others } = this.#view
      this.#others = others && (others === ANYTHING ? ANY_NODE : new DriftNode(others, true))
    }
    return this.#others
  }
}

/** Where the schema says nothing, nothing is compared. */
export const ANY_NODE = new DriftNode(ANYTHING)

const nodeOf = (view: SchemaView): DriftNode => (view === ANYTHING ? ANY_NODE : new DriftNode(view))

const BITS = { null: 1, boolean: 2, integer: 4, number: 8, string: 16, array: 32, object: 64 } as const

/** A type that may have fractions may be whole as well. */
function bitsOf(types: ReadonlySet<string>): number {
  const bits = [...types].map(
    type => BITS[type as keyof typeof BITS] | (type === 'number' ? BITS.integer : 0),
  )
  return bits.reduce((all, each) => all | each, 0)
}

export function typeBit(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return BITS.string
    case 'number':
      return Number.isInteger(value) ? BITS.integer : BITS.number
    case 'boolean':
      return BITS.boolean
    default:
      return value === null ? BITS.null : Array.isArray(value) ? BITS.array : BITS.object
  }
}

export function typeName(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
