import { offsetOf } from '../expression/parse.ts'
import type { Expression } from '../source/mapping-source.ts'
import type { Problems } from '../source/problems.ts'
import { nearest } from './nearest.ts'
import { asContext, asVariable, itemsOf, type Origins } from './origin/origin.ts'
import { Trace } from './origin/trace.ts'
import type { LeafType, SchemaView } from './schema-view.ts'
import type { Leaf } from './shape.ts'

interface LeafSpot {
  pointer: string
  required: boolean
  context: Origins
  view?: SchemaView
  type?: LeafType
}

/** A leaf with what was found out about its expression. */
export interface TracedLeaf {
  leaf: Leaf
  trace: Trace
}

/** What a table was asked for. */
export interface TableUse {
  name: string
  value: Origins
}

/** Makes leaves and keeps them in the order of the file; fields that their source cannot have are reported. */
export class LeafMaker {
  readonly all: Leaf[] = []
  readonly tableUses: TableUse[] = []
  /** Variables that some expression reads. */
  readonly variablesRead = new Set<string>()
  readonly record: Origins
  readonly #variables: Map<string, Origins>
  readonly #problems: Problems

  constructor(record: Origins, bindings: Iterable<[string, Origins]>, problems: Problems) {
    this.record = record
    this.#variables = new Map(bindings)
    this.#problems = problems
  }

  /** A `let`: what it stands for is used where its variable is. */
  variable(expression: Expression, name: string): Leaf {
    const { leaf, trace } = this.aside(expression, `let.${name}`)
    this.#variables.set(name, asVariable(trace.origins))
    return leaf
  }

  leaf(expression: Expression, spot: LeafSpot): TracedLeaf {
    return this.#keep(expression, spot, true)
  }

  /** An expression beside the document: `identity`, `let.currency` … */
  aside(expression: Expression, name: string, required = false): TracedLeaf {
    return this.#keep(expression, { pointer: name, required, context: this.record, type: 'any' }, false)
  }

  /** An expression whose values are the contexts of others: going there is not yet reading all that is in them. */
  context(expression: Expression, spot: LeafSpot, items: boolean): { leaf: Leaf; context: Origins } {
    const { leaf, trace } = this.#keep(expression, { ...spot, type: 'any' }, true, 'test')
    return { leaf, context: asContext(items ? itemsOf(trace.origins, true) : trace.origins) }
  }

  #keep(
    expression: Expression,
    { pointer, required, context, view, type }: LeafSpot,
    inDocument: boolean,
    as: 'value' | 'test' = inDocument ? 'value' : 'test',
  ): TracedLeaf {
    const trace = this.#trace(expression, context)
    trace.use(trace.origins, as)
    const leaf: Leaf = {
      pointer,
      inDocument,
      expression,
      type: type ?? view?.type ?? 'any',
      required,
      reads: [...trace.reads.values()],
      sources: [...trace.sources],
      whole: [...trace.whole],
      ...(trace.wild.size > 0 ? { wild: [...trace.wild] } : {}),
    }
    this.all.push(leaf)
    return { leaf, trace }
  }

  #trace(expression: Expression, context: Origins): Trace {
    const trace = new Trace(expression.ast, {
      context,
      record: this.record,
      variables: this.#variables,
      reading: name => this.variablesRead.add(name),
      unknown: (name, message, known) =>
        this.#problems.add(
          'SOURCE_UNKNOWN',
          expression.locate(offsetOf(expression.text, name)),
          message,
          nearest(name.value, known),
        ),
      wrongValue: (node, message) =>
        this.#problems.add('TYPE_WRONG', expression.locate(offsetOf(expression.text, node)), message),
    })
    this.tableUses.push(...trace.tables)
    return trace
  }
}
