import type { Node as Ast } from '../expression/ast.ts'
import type { Place } from './problems.ts'

/** An expression with where it stands. */
export interface Expression {
  text: string
  ast: Ast
  /** Where it begins. */
  place: Place
  /** Place of a position inside the expression. */
  locate(offset: number): Place
}

/** How a part of the document is made. */
export type Rule =
  | { kind: 'expression'; expression: Expression; place: Place }
  | { kind: 'literal'; value: string | number | boolean; place: Place }
  | { kind: 'object'; context: Expression | null; members: Member[]; place: Place }
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
  entries: { key: string; value: unknown; place: Place }[]
}

export interface Dependency {
  resource: string
  externalId: Expression
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
  skip: { expression: Expression; reason: string } | null
  identity: Expression | null
  number: Expression | null
  revision: Expression | null
  dependsOn: Dependency[]
  /** An expression is null where it is wrong, which is reported already. */
  let: { name: string; expression: Expression | null }[]
  tables: Table[]
  document: Rule & { kind: 'object' }
}
