import { useCallback, useEffect, useState } from 'preact/hooks'
import { get, messageOf, queryOf } from '../api/client.ts'
import type { Cause, CauseView, List } from '../api/types.ts'
import { timeOf } from '../format.ts'

const PAGE = 50
/** Of one request. */
const MOST = 200

interface More {
  items: Cause[]
  /** Undefined: not asked yet; null: that was all. */
  next: string | null | undefined
  error: string | null
}

const NOTHING: More = { items: [], next: undefined, error: null }

/** Causes with open letters beyond those of the snapshot, on demand; read again whenever `version`, the count of letters, changes. */
export function useMoreCauses(version: number) {
  const [more, setMore] = useState(NOTHING)

  const read = useCallback(async (known: readonly Cause[], page: { limit: number; after?: string }) => {
    try {
      const { items, next } = await get<List<CauseView>>(`/causes${queryOf({ state: 'open', ...page })}`)
      setMore({ items: [...known, ...items.map(causeOf)], next, error: null })
    } catch (problem) {
      setMore(before => ({ ...before, error: messageOf(problem) }))
    }
  }, [])

  // `version` is not read, it is when to read again; what was asked for stays on the page.
  useEffect(() => {
    if (more.next !== undefined) void read([], { limit: Math.min(MOST, Math.max(PAGE, more.items.length)) })
  }, [version])

  return { ...more, load: () => read(more.items, { limit: PAGE, after: more.next ?? undefined }) }
}

/** As the snapshot has it. */
export const causeOf = ({ firstAt, lastAt, ...cause }: CauseView): Cause => ({
  ...cause,
  ...{ firstAt: timeOf(firstAt), lastAt: timeOf(lastAt) },
})
