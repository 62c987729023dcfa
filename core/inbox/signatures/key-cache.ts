import type { FetchKey, PublishedKey } from './scheme.ts'

export interface KeyCacheOptions {
  fetchKey: FetchKey
  now: () => number
  /** How long a key is trusted without looking again; eBay asks for an hour. */
  ttlMs?: number
  /** How long “no such key” is believed: bounds what made-up key ids can cost. */
  missMs?: number
  /** Key ids remembered; the one asked first is forgotten first. */
  size?: number
}

/** Remembers published keys. Calls for one key id share one fetch; a failed fetch is not remembered. */
export function cacheKeys({
  fetchKey,
  now,
  ttlMs = 3_600_000,
  missMs = 60_000,
  size = 200,
}: KeyCacheOptions): FetchKey {
  const known = new Map<string, { answer: Promise<PublishedKey | null>; until: number }>()

  const remember = (keyId: string): Promise<PublishedKey | null> => {
    const entry = { answer: fetchKey(keyId), until: Number.POSITIVE_INFINITY }
    known.delete(keyId)
    if (known.size >= size) known.delete(known.keys().next().value!)
    known.set(keyId, entry)
    entry.answer.then(
      key => {
        entry.until = now() + (key ? ttlMs : missMs)
      },
      () => known.get(keyId) === entry && known.delete(keyId),
    )
    return entry.answer
  }

  return keyId => {
    const entry = known.get(keyId)
    return entry && now() < entry.until ? entry.answer : remember(keyId)
  }
}
