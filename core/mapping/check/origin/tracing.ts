import type { Name, Node } from '../../expression/ast.ts'
import type { Origins } from './origin.ts'

/** Variables that an expression binds itself, innermost first. */
export interface Names {
  bound: Map<string, Origins>
  outer: Names | null
}

/** Where in an expression: its context there and the variables that it sees. */
export interface Spot {
  context: Origins
  names: Names | null
}

/** How a value is used: by itself, or only for whether it is there. */
export type Use = 'value' | 'test'

/** What the parts of the tracing call of each other. */
export interface Tracing {
  trace(node: Node, spot: Spot): Origins
  use(origins: Origins, as: Use): void
  variable(name: string, spot: Spot): Origins
  reportUnknown(name: Name, message: string, known: readonly string[]): void
  /** A value that its function can never work with. */
  reportWrong(node: Node, message: string): void
  /** `$table(name, value)`. */
  noteTable(name: string, value: Origins): void
}

export const withNames = (spot: Spot): Spot & { names: Names } => ({
  ...spot,
  names: { bound: new Map(), outer: spot.names },
})
