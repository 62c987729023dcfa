import type { Clock } from '../kernel/clock.ts'

/** Values kept for a while, loaded once however many ask at the same time. */
export interface Cached<T> {
  get(key: string): Promise<T>
  /** There is or was a value: asking again is worth a read. */
  has(key: string): boolean
  forget(key?: string): void
}

/** A value that loads as null, or fails to load, is not kept: memory is bounded by what exists. */
export function cachedFor<T>({
  clock,
  ttlMs,
  load,
}: {
  clock: Clock
  ttlMs: number
  load: (key: string) => Promise<T>
}): Cached<T> {
  const entries = new Map<string, { until: number; value: Promise<T> }>()

  function dropUnlessKept(key: string, value: Promise<T>): void {
    const drop = () => {
      if (entries.get(key)?.value === value) entries.delete(key)
    }
    value.then(found => found === null && drop(), drop)
  }

  return {
    get(key) {
      const entry = entries.get(key)
      if (entry && entry.until > clock.now()) return entry.value
      const value = load(key)
      entries.set(key, { until: clock.now() + ttlMs, value })
      dropUnlessKept(key, value)
      return value
    },
    has: key => entries.has(key),
    forget(key) {
      if (key === undefined) entries.clear()
      else entries.delete(key)
    },
  }
}
