import type { StatBucket } from '../contracts/store.ts'

/** Both added up; a counter or a latency bucket that only one has counts as 0 in the other. */
export function addBuckets(stored: StatBucket, added: StatBucket): StatBucket {
  const counts = { ...stored.counts }
  for (const [name, by] of Object.entries(added.counts)) counts[name] = (counts[name] ?? 0) + by
  const length = Math.max(stored.latency.length, added.latency.length)
  const latency = Array.from(
    { length },
    (_, index) => (stored.latency[index] ?? 0) + (added.latency[index] ?? 0),
  )
  return { ...stored, counts, latency }
}
