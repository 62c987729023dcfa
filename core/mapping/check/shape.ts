import type { Expression } from '../source/mapping-source.ts'
import type { Place } from '../source/problems.ts'
import type { LeafType } from './schema-view.ts'

/** A field of the source that an expression reads. */
export interface Read {
  /** Whether the path starts at the context of the expression or at the record. */
  from: 'context' | 'record'
  /** Names; `*` for any member, `**` for any depth. */
  path: readonly string[]
}

/** One expression of a mapping: what it makes, from what, and where it stands. Kept with the plan for lineage and messages. */
export interface Leaf {
  /** Canonical pointer with `*` for the items of arrays, or what it is besides: `identity`, `let.currency` … */
  readonly pointer: string
  /** False for what is no part of the document. */
  readonly inDocument: boolean
  readonly expression: Expression
  readonly type: LeafType
  readonly required: boolean
  /** Fields read, from the context of the expression or from the record. */
  readonly reads: readonly Read[]
  /** All fields that may make the value, as pointers into the record, `*` for items of arrays. */
  readonly sources: readonly string[]
  /** Those of which everything that is in them is used. */
  readonly whole: readonly string[]
  /** Those in which a `*` is any name, not an item of an array. */
  readonly wild?: readonly string[]
}

/** What is told of a leaf or a literal to whoever asks where a value came from. */
export type Rule = Pick<Leaf, 'pointer' | 'inDocument' | 'sources'> & {
  readonly expression: Pick<Expression, 'text' | 'place'>
}

/** A rule with what the schema says about its place. */
export type Shape =
  | { kind: 'leaf'; leaf: Leaf }
  | { kind: 'literal'; value: string | number | boolean; pointer: string; place: Place }
  | { kind: 'object'; context: Leaf | null; members: ShapeMember[]; pointer: string; place: Place }
  | { kind: 'each'; items: Leaf; when: Leaf | null; item: Shape; pointer: string }
  | { kind: 'list'; items: Shape[]; pointer: string }

export interface ShapeMember {
  name: string
  required: boolean
  shape: Shape
}
