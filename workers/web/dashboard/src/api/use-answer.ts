import { useCallback, useEffect, useState } from 'preact/hooks'
import { get, messageOf } from './client.ts'

export interface Answer<T> {
  value: T | null
  error: string | null
  /** Asks again; what is shown stays until the answer is there. */
  reload(): void
}

/** What the API answers at an address; null asks nothing. An answer that comes after the address changed is dropped. */
export function useAnswer<T>(path: string | null): Answer<T> {
  const [answer, setAnswer] = useState<{ path: string | null; value: T | null; error: string | null }>({
    path,
    value: null,
    error: null,
  })
  const [asked, setAsked] = useState(0)

  useEffect(() => {
    if (path === null) return
    let current = true
    get<T>(path).then(
      value => current && setAnswer({ path, value, error: null }),
      problem =>
        current &&
        setAnswer(known => ({
          path,
          value: known.path === path ? known.value : null,
          error: messageOf(problem),
        })),
    )
    return () => {
      current = false
    }
  }, [path, asked])

  const reload = useCallback(() => setAsked(count => count + 1), [])
  const { value, error } = answer.path === path ? answer : { value: null, error: null }
  return { value, error, reload }
}
