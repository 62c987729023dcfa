import { useCallback, useEffect, useState } from 'preact/hooks'
import { get, messageOf } from '../api/client.ts'
import type { Letter, List } from '../api/types.ts'

interface Letters {
  items: Letter[] | null
  next: string | null
  error: string | null
}

const PAGE = 50

/** Open letters of a cause, read again whenever `version` changes: the live count of the snapshot. */
export function useLetters(cause: string, version: number) {
  const [letters, setLetters] = useState<Letters>({ items: null, next: null, error: null })

  const load = useCallback(
    async (after: string | null) => {
      const query = new URLSearchParams({
        cause,
        state: 'open',
        limit: String(PAGE),
        ...(after ? { after } : {}),
      })
      try {
        const page = await get<List<Letter>>(`/dead-letters?${query}`)
        setLetters(known => ({
          items: after ? [...(known.items ?? []), ...page.items] : page.items,
          next: page.next,
          error: null,
        }))
      } catch (error) {
        setLetters(known => ({ ...known, error: messageOf(error) }))
      }
    },
    [cause],
  )

  // `version` is not read, it is when to read again.
  useEffect(() => void load(null), [load, version])

  /** Takes a letter off the list before the hub confirms it with the next snapshot. */
  const remove = (id: string) =>
    setLetters(known => ({ ...known, items: known.items?.filter(letter => letter.id !== id) ?? null }))

  return { ...letters, more: () => load(letters.next), reload: () => load(null), remove }
}
