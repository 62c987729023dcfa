/** Upper bounds of the latency buckets in milliseconds. Stored rows depend on them: append, never change. */
export const LATENCY_BOUNDS_MS: readonly number[] = Object.freeze([
  5, 10, 20, 35, 50, 75, 100, 150, 200, 300, 500, 750, 1_000, 1_500, 2_000, 3_000, 5_000, 7_500, 10_000,
  15_000, 30_000, 60_000, 120_000, 300_000, 900_000, 3_600_000,
])

/** One count per bound, and a last one for everything slower. */
export const emptyLatency = (): number[] => new Array(LATENCY_BOUNDS_MS.length + 1).fill(0)

/** Index of the bucket that holds the value. */
export function latencyBucket(ms: number): number {
  const index = LATENCY_BOUNDS_MS.findIndex(bound => ms <= bound)
  return index < 0 ? LATENCY_BOUNDS_MS.length : index
}

/** Adds bucket by bucket; a row written with fewer bounds counts as zero beyond them. */
export function addLatency(into: number[], counts: readonly number[]): number[] {
  for (let i = 0; i < into.length; i++) into[i] = into[i]! + (counts[i] ?? 0)
  return into
}

/**
 * The latency below which the share `q` lies, interpolated inside its bucket; null without samples. Beyond the last
 * bound the answer is that bound: "at least this".
 */
export function percentile(counts: readonly number[], q: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  const rank = q * total
  let below = 0
  for (let i = 0; i < LATENCY_BOUNDS_MS.length; i++) {
    const count = counts[i] ?? 0
    if (count > 0 && below + count >= rank) {
      const from = i === 0 ? 0 : LATENCY_BOUNDS_MS[i - 1]!
      return round(from + ((LATENCY_BOUNDS_MS[i]! - from) * (rank - below)) / count)
    }
    below += count
  }
  return LATENCY_BOUNDS_MS.at(-1)!
}

export const percentiles = (counts: readonly number[]) => ({
  p50: percentile(counts, 0.5),
  p95: percentile(counts, 0.95),
  p99: percentile(counts, 0.99),
})

/** Interpolated digits beyond a tenth of a millisecond would only pretend to be exact. */
const round = (ms: number) => Math.round(ms * 10) / 10
