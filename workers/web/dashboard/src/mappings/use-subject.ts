import { useEffect, useState } from 'preact/hooks'
import type { MessageRow } from '../api/mapping-types.ts'
import type { PayloadView } from '../api/types.ts'
import { useAnswer } from '../api/use-answer.ts'
import { readable } from '../dead-letters/readable.ts'
import { useMessages } from './use-messages.ts'
import type { Subject } from './use-trial.ts'

export interface SubjectChoice {
  messages: MessageRow[] | null
  error: string | null
  subject: Subject | null
  /** As it stands in the message editor. */
  text: string
  masked: boolean
  /** By id; null: a pasted one. */
  choose(id: string | null): void
  paste(text: string): void
}

interface Message {
  id: string
  topic: string
  payload: PayloadView
}

const EXAMPLE = '{\n  \n}'

/** Which message is mapped: the newest stored one until somebody chooses or pastes another. */
export function useSubject(topics: readonly string[], connection: string | null): SubjectChoice {
  const { items, error } = useMessages(topics, connection)
  const [chosen, setChosen] = useState<string | null | undefined>(undefined)
  const [pasted, setPasted] = useState(EXAMPLE)
  useEffect(() => setChosen(undefined), [connection])

  const id = chosen === undefined ? (items?.[0]?.id ?? null) : chosen
  const message = useAnswer<Message>(id === null ? null : `/messages/${encodeURIComponent(id)}`)
  const stored = message.value?.id === id ? message.value : null
  const storedText = stored ? (readable(stored.payload) ?? 'Nothing to show for your role.') : ''

  return {
    messages: items,
    error: error ?? message.error,
    subject: subjectOf(),
    text: id === null ? pasted : storedText,
    masked: id !== null && (stored?.payload.masked ?? false),
    choose: next => {
      // A pasted message begins as a copy of the one that was looked at.
      if (next === null && stored) setPasted(storedText)
      setChosen(next)
    },
    paste: setPasted,
  }

  function subjectOf(): Subject | null {
    if (items === null) return null
    if (id !== null) return { kind: 'stored', id }
    return { kind: 'pasted', text: pasted, topic: topics[0] ?? null }
  }
}
