import type { Plan } from '#core/contracts/mapper.ts'
import type { ExplainedEntry, ExplainedLeaf } from '#core/mapping/explain/explained.ts'
import type { Mapped } from '../map-payload.ts'
import type { MappingFolder } from '../mapping-folder.ts'
import { blocks } from './facts.ts'
import { failureLines } from './mapped-text.ts'
import { table } from './table.ts'

export interface ExplainedRecord {
  result: Mapped
  leaves: readonly ExplainedLeaf[]
}

interface Shown {
  folder: MappingFolder
  plan: Plan
  width: number
}

/** Where each value came from, then why there is no document. */
export const explainedText = ({ result, leaves }: ExplainedRecord, shown: Shown): string =>
  blocks(leaves.length > 0 && leafTable(leaves, shown.width), failureLines(result, shown).join('\n'))

const leafTable = (leaves: readonly ExplainedLeaf[], width: number): string =>
  table(
    leaves,
    [
      { title: 'CANONICAL', of: ({ pointer }) => pointer },
      { title: 'VALUE', of: ({ value }) => (value === undefined ? undefined : JSON.stringify(value)) },
      { title: 'SOURCE', of: ({ sources }) => sources.join(' ') },
      { title: 'RULE', of: ruleText },
      { title: 'TABLE', of: ({ tables }) => tables.map(entryText).join(', ') },
    ],
    width,
  )

/** The file only where it is not the mapping's own. */
const ruleText = ({ file, line, column, expression }: ExplainedLeaf): string =>
  `${file ? `${file}:` : ''}${line}:${column}  ${expression}`

function entryText({ table, key, entry, added }: ExplainedEntry): string {
  const answered = entry === key ? key : `${key} → ${entry}`
  return `${table}[${answered}]${added ? ' (added)' : ''}`
}
