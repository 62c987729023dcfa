import type { StatBucket, Stats } from '../../contracts/store.ts'
import { addBuckets } from '../stat-rules.ts'
import type { Parts } from './repository.ts'
import { shapeOf } from './rows.ts'

export const BUCKET = shapeOf<StatBucket>(['minute', 'series', 'counts', 'latency'], {
  counts: 'json',
  latency: 'json',
})
const MAX_READ = 50_000

export function createStats({ prepare, write }: Parts): Stats {
  const find = prepare(`SELECT ${BUCKET.columns} FROM stats WHERE minute = ? AND series = ?`)
  const put = prepare(`INSERT OR REPLACE INTO stats (${BUCKET.columns}) VALUES (${BUCKET.places})`)
  const range = `SELECT ${BUCKET.columns} FROM stats WHERE minute >= ? AND minute < ?`
  const all = prepare(`${range} ORDER BY minute, series LIMIT ${MAX_READ}`)
  const ofSeries = prepare(`${range} AND series = ? ORDER BY minute LIMIT ${MAX_READ}`)

  return {
    add: buckets =>
      write(() => {
        for (const bucket of buckets) {
          const row = find.get(bucket.minute, bucket.series)
          put.run(...BUCKET.values(row ? addBuckets(BUCKET.record(row), bucket) : bucket))
        }
      }),
    read: async ({ from, to, series }) =>
      (series === undefined ? all.all(from, to) : ofSeries.all(from, to, series)).map(BUCKET.record),
  }
}
