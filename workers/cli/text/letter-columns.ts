import type { DeadLetter } from '#core/contracts/store.ts'
import { ago } from './ago.ts'
import type { Column } from './table.ts'

/** Whose it is and until when only where a letter has an owner. */
export const letterColumns = (now: number, letters: readonly DeadLetter[]): Column<DeadLetter>[] => [
  { title: 'DEAD LETTER', of: letter => letter.id },
  { title: 'AT', of: letter => letter.connection },
  { title: 'KIND', of: letter => letter.resource ?? letter.topic ?? letter.kind },
  { title: 'STATE', of: letter => letter.state },
  { title: 'CODE', of: letter => letter.code },
  ...(letters.some(({ owner }) => owner !== undefined) ? ownerColumns(now) : []),
  { title: 'LAST', of: letter => ago(letter.at, now) },
  { title: 'WHAT HAPPENED', of: letter => letter.summary },
]

const ownerColumns = (now: number): Column<DeadLetter>[] => [
  { title: 'OWNER', of: letter => letter.owner },
  {
    title: 'DUE',
    of: ({ dueAt, escalatedAt }) => (escalatedAt === undefined ? ago(dueAt, now) : 'escalated'),
  },
]
