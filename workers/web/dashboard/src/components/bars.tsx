import { formatCount } from '../format.ts'

export interface Bar {
  name: string
  count: number
}

/** Lengths to compare, with the number beside each. */
export function Bars({ bars, label }: { bars: readonly Bar[]; label: string }) {
  const highest = Math.max(...bars.map(({ count }) => count), 1)
  return (
    <ul class="bars" aria-label={label}>
      {bars.map(({ name, count }) => (
        <li key={name}>
          <code>{name}</code>
          <span class="bar">
            <i aria-hidden="true" style={{ width: `${Math.max(1, (count / highest) * 100)}%` }} />
          </span>
          <b>{formatCount(count)}</b>
        </li>
      ))}
    </ul>
  )
}
