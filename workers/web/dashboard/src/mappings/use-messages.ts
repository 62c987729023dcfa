import { useEffect, useState } from 'preact/hooks'
import { get, messageOf, queryOf } from '../api/client.ts'
import type { MessageRow } from '../api/mapping-types.ts'
import type { List } from '../api/types.ts'
import { timeOf } from '../format.ts'

const EACH = 10

interface Messages {
  items: MessageRow[] | null
  error: string | null
}

/** The newest stored messages of a connection, of all topics that a mapping takes, newest first. */
export function useMessages(topics: readonly string[], connection: string | null): Messages {
  const [messages, setMessages] = useState<Messages>({ items: null, error: null })
  useEffect(() => {
    if (!connection) return setMessages({ items: [], error: null })
    let current = true
    setMessages({ items: null, error: null })
    const pages = topics.map(topic =>
      get<List<MessageRow>>(`/messages${queryOf({ topic, connection, limit: EACH })}`),
    )
    Promise.all(pages).then(
      found =>
        current && setMessages({ items: newestFirst(found.flatMap(({ items }) => items)), error: null }),
      problem => current && setMessages({ items: [], error: messageOf(problem) }),
    )
    return () => {
      current = false
    }
  }, [topics.join(' '), connection])
  return messages
}

const newestFirst = (rows: MessageRow[]): MessageRow[] =>
  rows.toSorted((a, b) => timeOf(b.receivedAt) - timeOf(a.receivedAt))
