import type { Table } from '../source/mapping-source.ts'
import type { Problems } from '../source/problems.ts'
import type { LeafMaker } from './leaf-maker.ts'

/** What the checks of one document share. */
export interface DocumentCheck {
  problems: Problems
  leaves: LeafMaker
  tables: ReadonlyMap<string, Table>
}
