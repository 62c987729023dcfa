import { describe, expect, it } from '@jest/globals'
import type { StatBucket } from '#core/contracts/store.ts'
import { MinuteBuckets, minuteOf } from '#core/health/minute-buckets.ts'

const AT = Date.UTC(2026, 0, 15, 12, 0, 30)

function recorder(fails = 0) {
  const added: StatBucket[] = []
  let left = fails
  return {
    added,
    add: async (buckets: StatBucket[]) => {
      if (left-- > 0) throw new Error('away')
      added.push(...buckets)
    },
  }
}

describe('minute buckets', () => {
  it('sums what happens in one minute of one series into one row', async () => {
    const stats = recorder()
    const buckets = new MinuteBuckets(stats)
    buckets.count('connection:a', AT, { received: 1 })
    buckets.count('connection:a', AT + 20_000, { received: 2, failed: 1 })
    buckets.latency('connection:a', AT, 7)
    await buckets.flush()
    expect(stats.added).toHaveLength(1)
    expect(stats.added[0]).toMatchObject({
      series: 'connection:a',
      minute: minuteOf(AT),
      counts: { received: 3, failed: 1 },
    })
    expect(stats.added[0]!.latency.reduce((a, b) => a + b)).toBe(1)
  })

  it('writes each count once, however often it is flushed', async () => {
    const stats = recorder()
    const buckets = new MinuteBuckets(stats)
    buckets.count('connection:a', AT, { received: 1 })
    await Promise.all([buckets.flush(), buckets.flush()])
    await buckets.flush()
    expect(stats.added).toHaveLength(1)
  })

  it('keeps everything when the store is away, together with what came in between', async () => {
    const stats = recorder(1)
    const buckets = new MinuteBuckets(stats)
    buckets.count('flow:f', AT, { confirmed: 1 })
    buckets.latency('flow:f', AT, 7)
    const failing = buckets.flush()
    buckets.count('flow:f', AT, { confirmed: 1 })
    await expect(failing).rejects.toThrow('away')
    await buckets.flush()
    expect(stats.added).toHaveLength(1)
    expect(stats.added[0]!.counts).toEqual({ confirmed: 2 })
    expect(stats.added[0]!.latency.reduce((a, b) => a + b)).toBe(1)
  })

  it('ends a flush only when the one before it has ended, so that the last one of a process waits for all', async () => {
    const { promise: written, resolve: write } = Promise.withResolvers<void>()
    const order: string[] = []
    const add = async () => {
      await written
      order.push('written')
    }
    const buckets = new MinuteBuckets({ add })
    buckets.count('connection:a', AT, { received: 1 })
    const first = buckets.flush()
    const last = buckets.flush().then(() => order.push('last'))
    write()
    await Promise.all([first, last])
    expect(order).toEqual(['written', 'last'])
  })

  it('counts what does not fit in memory under “other” and says so', async () => {
    const stats = recorder()
    let overflowed = 0
    const buckets = new MinuteBuckets(stats, () => overflowed++)
    for (let i = 0; i < 10_005; i++) buckets.count(`connection:${i}`, AT, { received: 1 })
    await buckets.flush()
    const total = stats.added.reduce((sum, row) => sum + row.counts['received']!, 0)
    expect(total).toBe(10_005)
    expect(stats.added.find(row => row.series === 'connection:other')?.counts).toEqual({ received: 5 })
    expect(overflowed).toBe(5)
  })
})
