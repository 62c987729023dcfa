import type { Expression } from '../source/mapping-source.ts'
import { plainPath, type Read, readsOf, type VariableReads } from './reads.ts'
import type { LeafType, SchemaView } from './schema-view.ts'
import type { Leaf } from './shape.ts'

/** Path of the context of an expression in the record; null where the context is a value that was made. */
export type SourceBase = readonly string[] | null

interface LeafSpot {
  pointer: string
  required: boolean
  base: SourceBase
  view?: SchemaView
  type?: LeafType
}

/** Makes leaves and keeps them in the order of the file. */
export class LeafMaker {
  readonly all: Leaf[] = []
  readonly #variables = new Map<string, readonly Read[]>()

  get variables(): VariableReads {
    return this.#variables
  }

  /** What a variable stands for from now on. */
  define(name: string, reads: readonly Read[]): void {
    this.#variables.set(
      name,
      reads.map(read => ({ ...read, from: 'record' })),
    )
  }

  leaf(expression: Expression, spot: LeafSpot): Leaf {
    return this.#keep(expression, spot, true)
  }

  /** An expression beside the document: `identity`, `let.currency` … */
  aside(expression: Expression, name: string, required = false): Leaf {
    return this.#keep(expression, { pointer: name, required, base: [], type: 'any' }, false)
  }

  #keep(
    expression: Expression,
    { pointer, required, base, view, type }: LeafSpot,
    inDocument: boolean,
  ): Leaf {
    const reads = readsOf(expression.ast, this.#variables)
    const sources = reads.map(read => absolute(read, base)).filter(source => source !== null)
    const leaf = {
      pointer,
      inDocument,
      expression,
      type: type ?? view?.type ?? 'any',
      required,
      reads,
      sources: sources.map(toPointer),
    }
    this.all.push(leaf)
    return leaf
  }
}

function absolute({ from, path }: Read, base: SourceBase): readonly string[] | null {
  return from === 'record' ? path : base && [...base, ...path]
}

const toPointer = (path: readonly string[]): string =>
  path.map(name => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** Where the contexts stand that an expression gives: its path, with `*` when they are the items of a list. */
export function pathOfItems(leaf: Leaf, base: SourceBase, items: boolean): SourceBase {
  const read = plainPath(leaf.expression.ast)
  const path = read && absolute(read, base)
  return path && (items ? [...path, '*'] : path)
}
