import type { Difference } from '../api/mapping-types.ts'
import { Value } from './value.tsx'

/** Leaf by leaf: what it was, what it is. Sign and word go with the colour. */
export function Differences({ differences, label }: { differences: readonly Difference[]; label: string }) {
  return (
    <table class="differences" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">Leaf</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ pointer, before, after }) => (
          <tr key={pointer}>
            <th scope="row">
              <code>{pointer}</code>
            </th>
            <td class="before">
              <Value value={before} />
            </td>
            <td class="after">
              <Value value={after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
