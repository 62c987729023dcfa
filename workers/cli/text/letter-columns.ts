import type { DeadLetter } from '#core/contracts/store.ts'
import { ago } from './ago.ts'
import type { Column } from './table.ts'

export const letterColumns = (now: number): Column<DeadLetter>[] => [
  { title: 'DEAD LETTER', of: letter => letter.id },
  { title: 'AT', of: letter => letter.connection },
  { title: 'KIND', of: letter => letter.resource ?? letter.topic ?? letter.kind },
  { title: 'STATE', of: letter => letter.state },
  { title: 'CODE', of: letter => letter.code },
  { title: 'LAST', of: letter => ago(letter.at, now) },
  { title: 'WHAT HAPPENED', of: letter => letter.summary },
]
