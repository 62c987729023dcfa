import type { Lineage } from '#core/mapping/mapper.ts'
import { table } from './table.ts'

/** Which rule fills which leaf, whatever the record. */
export const lineageText = (leaves: readonly Lineage[], width: number): string =>
  table(
    leaves,
    [
      { title: 'CANONICAL', of: leaf => leaf.pointer },
      { title: 'LINE', of: leaf => `${leaf.line}:${leaf.column}`, right: true },
      { title: 'EXPRESSION', of: leaf => leaf.expression },
      { title: 'READS', of: leaf => leaf.reads.join(' ') },
    ],
    width,
  )
