import type { Rule } from '../check/shape.ts'
import type { ExplainedEntry } from './explained.ts'
import type { FieldRead } from './field-reads.ts'

/** What a value was made of. */
export interface Made {
  fields: readonly FieldRead[]
  entries: readonly ExplainedEntry[]
}

/** What one evaluation of one rule read. */
export class Reading {
  readonly #names: ReadonlySet<string>
  readonly #fields: FieldRead[] = []
  readonly #entries: ExplainedEntry[] = []
  readonly #borrowed = new Set<Made>()
  readonly #borrowedInPart = new Set<Made>()
  #given: unknown

  constructor({ sources }: Pick<Rule, 'sources'>) {
    this.#names = new Set(sources.map(withoutPositions))
  }

  /** An object that only led to its members counts where the rule itself uses it. */
  field(field: FieldRead): void {
    if (!isComposed(field.value) || this.#names.has(field.name)) this.#fields.push(field)
  }

  entry(entry: ExplainedEntry): void {
    this.#entries.push(entry)
  }

  /** A context or variable that another rule made: of an object or list a part may be all that is used. */
  borrow(made: Made, inPart: boolean): void {
    const borrowed = inPart ? this.#borrowedInPart : this.#borrowed
    borrowed.add(made)
  }

  /** What the rule gave, and the parts of the record that this is. */
  give(value: unknown, fields: readonly FieldRead[]): void {
    this.#given = value
    this.#fields.push(...fields)
  }

  made(): Made {
    const borrowed = [...this.#borrowed]
    const parts = [...this.#borrowedInPart]
    const sure = [...this.#fields, ...borrowed.flatMap(({ fields }) => fields)]
    const maybe = parts.flatMap(({ fields }) => fields)
    const entries = parts.flatMap(part => part.entries).filter(({ value }) => value === this.#given)
    return {
      fields: innermost([...sure, ...this.#fitting(maybe, sure.length > 0)]),
      entries: [...new Set([...this.#entries, ...borrowed.flatMap(made => made.entries), ...entries])],
    }
  }

  /** The fields that the rule's own analysis knows; where nothing else can have made its value, all of them. */
  #fitting(maybe: readonly FieldRead[], madeOtherwise: boolean): readonly FieldRead[] {
    const fitting = maybe.filter(({ name }) => [...this.#names].some(known => isWithin(known, name)))
    const gaveNothing = this.#given === undefined || this.#given === null
    return fitting.length > 0 || madeOtherwise || gaveNothing ? fitting : maybe
  }
}

const isComposed = (value: unknown): boolean => typeof value === 'object' && value !== null

/** Rules name the fields of items without their positions. */
const withoutPositions = (pointer: string): string => pointer.replaceAll(/\/\*(?=\/|$)/g, '')

const isWithin = (a: string, b: string): boolean => a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`)

/** Each field once, and none that only leads to others. */
function innermost(fields: readonly FieldRead[]): FieldRead[] {
  const byPointer = new Map(fields.map(field => [field.pointer, field]))
  const above = new Set<string>()
  for (const pointer of byPointer.keys()) {
    let end = pointer.lastIndexOf('/')
    for (; end > 0 && !above.has(pointer.slice(0, end)); end = pointer.lastIndexOf('/', end - 1))
      above.add(pointer.slice(0, end))
    if (pointer !== '') above.add('')
  }
  return [...byPointer.values()].filter(({ pointer }) => !above.has(pointer))
}
