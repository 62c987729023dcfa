import type { Node as Ast } from '../expression/ast.ts'
import type { Place } from './problems.ts'

/** An expression with where it stands. */
export class Expression {
  readonly text: string
  /** Where it begins. */
  readonly place: Place
  /** Place of a position inside the expression. */
  readonly locate: (offset: number) => Place
  #ast: Ast | null

  constructor(text: string, ast: Ast, locate: (offset: number) => Place) {
    this.text = text
    this.place = locate(0)
    this.locate = locate
    this.#ast = ast
  }

  get ast(): Ast {
    if (!this.#ast) throw new Error(`The tree of “${this.text}” is gone.`)
    return this.#ast
  }

  /** Trees are many times as large as all else that a plan keeps, and nobody needs them once its code is made. */
  forgetTree(): void {
    this.#ast = null
  }
}

/** How a part of the document is made. */
export type Rule =
  | { kind: 'expression'; expression: Expression; place: Place }
  | { kind: 'literal'; value: string | number | boolean; place: Place }
  | {
      kind: 'object'
      context: Expression | null
      members: Member[]
      place: Place
      /** Members that an overlay took away. */
      removed?: ReadonlyMap<string, Place>
    }
  | { kind: 'each'; items: Expression; when: Expression | null; item: Rule; place: Place }
  | { kind: 'list'; items: Rule[]; place: Place }

export interface Member {
  name: string
  /** Null where the rule is wrong, which is reported already. */
  rule: Rule | null
  /** Of the key. */
  place: Place
}

export interface Table {
  name: string
  place: Place
  entries: { key: string; keyPlace: Place; value: unknown; place: Place }[]
}

/** How a mapping may name another document. */
export const DEPENDENCY_WAYS = ['externalId', 'linkId', 'key'] as const

export type DependencyWay = (typeof DEPENDENCY_WAYS)[number]

export interface Dependency {
  resource: string
  ways: { way: DependencyWay; expression: Expression }[]
}

/** A mapping file, read. */
export interface MappingSource {
  version: number
  connector: string
  topics: string[]
  /** Canonical schema of the document made; null for an outgoing mapping. */
  target: { name: string; place: Place } | null
  /** Canonical schema of the document read; null for an incoming mapping. */
  from: { name: string; place: Place } | null
  /** Source schema beside the mapping, by the name of its file; null where none is declared. */
  source: { name: string; place: Place } | null
  skip: { expression: Expression; reason: string } | null
  identity: Expression | null
  number: Expression | null
  revision: Expression | null
  dependsOn: Dependency[]
  /** An expression is null where it is wrong, which is reported already. */
  let: { name: string; place: Place; expression: Expression | null }[]
  tables: Table[]
  document: Rule & { kind: 'object' }
}
