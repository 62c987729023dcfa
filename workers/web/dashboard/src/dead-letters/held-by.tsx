import type { Letter } from '../api/types.ts'
import { formatDuration, timeOf } from '../format.ts'

/** Whose decision a held order is, and how long there is. */
export function HeldBy({ letter, now }: { letter: Letter; now: number }) {
  const { owner, dueAt, escalatedAt, escalateTo } = letter
  if (!owner) return null
  if (escalatedAt) return <span class="chip bad">escalated to {owner}</span>
  const left = dueAt === undefined ? null : timeOf(dueAt) - now
  return (
    <span class="chip warn">
      {owner} decides
      {left !== null && (left > 0 ? ` within ${formatDuration(left)}` : ', overdue')}
      {escalateTo && `, then ${escalateTo}`}
    </span>
  )
}
