import type { RunContext } from '../../contracts/mapper.ts'
import type { Rule } from '../check/shape.ts'
import { answerOf, type LookupTable, lookUp } from '../functions/table.ts'
import { MappingRun, pointerOf } from '../runtime/mapping-run.ts'
import { isArray } from '../runtime/sequence.ts'
import { FieldReads } from './field-reads.ts'
import { type Made, Reading } from './reading.ts'
import { readsOfItems } from './reads-of-items.ts'

/** One evaluation of a rule that makes a value. */
export interface Evaluation {
  rule: Rule
  /** Positions filled in. */
  pointer: string
  /** An item of a list: there is none where the rule gave nothing. */
  isItem: boolean
  reading: Reading
  given: unknown
}

/** A written list and the position in it. */
type Listed = readonly [pointer: string, position: number]

/** A run that takes down what each rule read. Called by the code that is generated to be traced. */
export class ExplainingRun extends MappingRun {
  readonly evaluations: Evaluation[] = []
  readonly fields: FieldReads
  readonly #made = new Map<Rule, Made>()
  readonly #itemsOf = new Map<Rule, { items: readonly unknown[]; made: readonly Made[] }>()
  #current: { rule: Rule; reading: Reading; evaluation: Evaluation | null } | null = null

  constructor(record: Record<string, unknown>, context: RunContext) {
    const fields = new FieldReads()
    super(fields.show({ pointer: '', name: '', value: record }), context)
    this.fields = fields
  }

  /** A rule that makes a value is about to be evaluated. */
  begin(rule: Rule, indices: readonly number[], lists: readonly Listed[]): void {
    const reading = this.#read(rule)
    const evaluation: Evaluation = {
      rule,
      reading,
      pointer: placed(rule, indices, lists),
      isItem: rule.pointer.endsWith('/*') || lists.at(-1)?.[0] === parentOf(rule.pointer),
      given: undefined,
    }
    this.evaluations.push(evaluation)
    this.#current = { rule, reading, evaluation }
  }

  /** A rule that makes the context of others is about to be evaluated. */
  enter(rule: Rule): void {
    this.#current = { rule, reading: this.#read(rule), evaluation: null }
  }

  /** What the rule gave that was evaluated last. */
  end(value: unknown): unknown {
    const { rule, reading, evaluation } = this.#current!
    this.rest()
    const parts = isArray(value) && !this.fields.fieldOf(value) ? value : [value]
    reading.give(
      value,
      parts.map(part => this.fields.fieldOf(part)).filter(field => field !== undefined),
    )
    this.#made.set(rule, reading.made())
    if (evaluation) evaluation.given = value
    return value
  }

  /** No rule is evaluated: what is looked at counts for none. */
  rest(): void {
    this.#current = null
    this.fields.reading = null
  }

  /** The rules of an item are about to be evaluated. */
  item(rule: Rule, items: readonly unknown[], index: number): void {
    this.rest()
    if (this.fields.fieldOf(items[index])) return
    let found = this.#itemsOf.get(rule)
    if (found?.items !== items) {
      found = { items, made: this.#madeOfItems(rule, items) }
      this.#itemsOf.set(rule, found)
    }
    this.#made.set(rule, found.made[index]!)
  }

  /** The rule that is being evaluated uses what another one gave; parts of the record speak for themselves. */
  use(rule: Rule, value: unknown): unknown {
    const made = this.#made.get(rule)
    if (made && !this.fields.fieldOf(value))
      this.#current?.reading.borrow(made, typeof value === 'object' && value !== null)
    return value
  }

  lookUp(table: LookupTable, value: unknown): unknown {
    const found = lookUp(table, value, this.overlay)
    if (value === undefined || value === null) return found
    const key = String(value)
    this.#current?.reading.entry({ table: table.name, key, ...answerOf(table, key, this.overlay) })
    return found
  }

  #read(rule: Rule): Reading {
    const reading = new Reading(rule)
    this.fields.reading = reading
    this.#made.delete(rule)
    return reading
  }

  #madeOfItems(rule: Rule, items: readonly unknown[]): Made[] {
    const { fields = [], entries = [] } = this.#made.get(rule) ?? {}
    const list = this.fields.fieldOf(items)
    return readsOfItems([...items], fields, list).map(reads => ({ fields: reads, entries }))
  }
}

const parentOf = (pointer: string): string => pointer.slice(0, pointer.lastIndexOf('/'))

/** The pointer of what a rule makes: an item of a written list stands where those before it left off. */
function placed(rule: Rule, indices: readonly number[], lists: readonly Listed[]): string {
  if (!rule.inDocument) return rule.pointer
  const pointer = lists.reduceRight((path, [list, position]) => {
    const rest = path.slice(list.length + 1)
    const end = rest.indexOf('/')
    return `${list}/${position}${end < 0 ? '' : rest.slice(end)}`
  }, rule.pointer)
  return pointerOf({ leaf: { pointer, inDocument: true }, indices })
}
