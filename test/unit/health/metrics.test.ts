import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { METRICS, type MetricRow, metricsReference } from '#core/health/metrics.ts'

describe('the register of metrics', () => {
  const rows = Object.entries<MetricRow>(METRICS)

  it('is what METRICS.md says', () => {
    expect(readFileSync('core/health/METRICS.md', 'utf8')).toBe(metricsReference())
  })

  it('has no label that could hold an id', () => {
    const bounded = [
      'connection',
      'flow',
      'work',
      'outcome',
      'state',
      'result',
      'via',
      'code',
      'kind',
      'resource',
      'version',
      'node',
      'worker',
      'met',
      'rule',
      'met',
      'topic',
    ]
    for (const [name, row] of rows)
      expect({ name, odd: row.labels.filter(label => !bounded.includes(label)) }).toEqual({ name, odd: [] })
  })

  it('names counters _total, durations _seconds, and gives histograms growing bounds', () => {
    for (const [name, { type, buckets = [] }] of rows) {
      expect(name.endsWith('_total')).toBe(type === 'counter')
      if (type !== 'histogram') continue
      expect(name).toMatch(/_seconds$/)
      expect(buckets).toEqual(buckets.toSorted((a, b) => a - b))
    }
  })
})
