import type { ExplainedEntry, ExplainedLeaf } from '../api/mapping-types.ts'
import { Empty } from '../components/panel.tsx'
import { Value } from './value.tsx'

interface LineageViewProps {
  leaves: readonly ExplainedLeaf[]
  pointed: ReadonlySet<string>
  picked: string | null
  onPick(pointer: string): void
}

/** Where every leaf came from: the rule, the source fields, the table entry. */
export function LineageView({ leaves, pointed, picked, onPick }: LineageViewProps) {
  if (leaves.length === 0) return <Empty title="No leaves: no document was made." />
  return (
    <table class="lineage" aria-label="Lineage">
      <thead>
        <tr>
          <th scope="col">Leaf</th>
          <th scope="col">Value</th>
          <th scope="col">From</th>
          <th scope="col" class="num">
            Line
          </th>
        </tr>
      </thead>
      <tbody>
        {leaves.map((leaf, index) => (
          <tr
            key={index}
            class={`${pointed.has(leaf.pointer) ? 'pointed' : ''} ${leaf.pointer === picked ? 'picked' : ''}`}
          >
            <th scope="row">
              <button
                type="button"
                class="pick"
                aria-pressed={leaf.pointer === picked}
                title={leaf.expression}
                onClick={() => onPick(leaf.pointer)}
              >
                <code>{leaf.pointer}</code>
              </button>
            </th>
            <td>
              <Value value={leaf.value} />
            </td>
            <td>
              <Sources leaf={leaf} />
            </td>
            <td class="num">{leaf.line}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Sources({ leaf: { sources, tables } }: { leaf: ExplainedLeaf }) {
  return (
    <>
      {sources.map(source => (
        <code key={source} class="source">
          {source}
        </code>
      ))}
      {tables.map(entry => (
        <small key={entry.table}>{entryText(entry)}</small>
      ))}
      {sources.length === 0 && tables.length === 0 && <small>a constant</small>}
    </>
  )
}

function entryText({ table, key, entry, added }: ExplainedEntry): string {
  const hit = entry === key ? `“${key}”` : `“${key}” is not in it, “${entry}” answered`
  return `table ${table}: ${hit}${added ? ', an entry added here' : ''}`
}
