import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  addLatency,
  emptyLatency,
  LATENCY_BOUNDS_MS,
  latencyBucket,
  percentile,
  percentiles,
} from '#core/health/latency.ts'

const bucketsOf = (samples: readonly number[]): number[] => {
  const counts = emptyLatency()
  for (const ms of samples) counts[latencyBucket(ms)]! += 1
  return counts
}

describe('latency', () => {
  it('has no percentile without samples', () => {
    expect(percentiles(emptyLatency())).toEqual({ p50: null, p95: null, p99: null })
  })

  it('puts a value on a bound into the bucket that the bound closes', () => {
    expect(LATENCY_BOUNDS_MS.map(latencyBucket)).toEqual([...LATENCY_BOUNDS_MS.keys()])
    expect(latencyBucket(LATENCY_BOUNDS_MS.at(-1)! + 1)).toBe(LATENCY_BOUNDS_MS.length)
  })

  it('answers within the bucket of the true percentile', () => {
    const latencies = fc.array(fc.integer({ min: 0, max: 3_600_000 }), { minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(latencies, fc.constantFrom(0.5, 0.95, 0.99), (samples, q) => {
        const exact = samples.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(q * samples.length) - 1)]!
        const answer = percentile(bucketsOf(samples), q)!
        expect(latencyBucket(answer)).toBe(latencyBucket(exact))
      }),
    )
  })

  it('interpolates between the bounds of a bucket', () => {
    expect(percentile(bucketsOf([150, 151, 160, 200]), 0.5)).toBeCloseTo(166.7, 1)
  })

  it('says “at least the last bound” for what is slower than all', () => {
    expect(percentile(bucketsOf([9_000_000]), 0.5)).toBe(LATENCY_BOUNDS_MS.at(-1))
  })

  it('adds rows that were written with fewer bounds', () => {
    expect(addLatency(emptyLatency(), [1, 2])).toEqual([1, 2, ...emptyLatency().slice(2)])
  })
})
