import { type AnyBulkWriteOperation, type Document, MongoBulkWriteError } from 'mongodb'
import type { StatBucket, Stats } from '../../contracts/store.ts'
import { HubError } from '../../errors/hub-error.ts'
import { DUPLICATE_KEY } from './errors.ts'
import type { Parts } from './repository.ts'
import { identity, type Row } from './shape.ts'

const MAX_READ = 50_000
const MAX_TRIES = 10

/** A dot in the name of a counter would be read as a path. */
export const encoded = (name: string): string =>
  name.replace(/[%.$]/g, sign => `%${sign.charCodeAt(0).toString(16)}`)

/** `addBuckets` as increments: a minute that all processes write has no conflicts. */
const addition = ({ minute, series, counts, latency }: StatBucket): AnyBulkWriteOperation<Row> => ({
  updateOne: {
    filter: { _id: identity(minute, series) },
    update: {
      $setOnInsert: { minute, series },
      $inc: {
        ...Object.fromEntries(Object.entries(counts).map(([name, by]) => [`counts.${encoded(name)}`, by])),
        ...Object.fromEntries(latency.map((by, index) => [`latency.${index}`, by])),
      },
    },
    upsert: true,
  },
})

export function bucketOf({ minute, series, counts = {}, latency = {} }: Document): StatBucket {
  const names = Object.entries<number>(counts).map(([name, count]) => [decodeURIComponent(name), count])
  const bounds = Object.entries<number>(latency).toSorted(([a], [b]) => Number(a) - Number(b))
  return { minute, series, counts: Object.fromEntries(names), latency: bounds.map(([, count]) => count) }
}

export function createStats({ collection }: Parts): Stats {
  const stats = collection('stats')

  /** The additions that lost the race to make a minute: they have not been applied. */
  async function write(additions: AnyBulkWriteOperation<Row>[]): Promise<AnyBulkWriteOperation<Row>[]> {
    try {
      await stats.bulkWrite(additions, { ordered: false })
      return []
    } catch (error) {
      if (!(error instanceof MongoBulkWriteError)) throw error
      const failures = [error.writeErrors].flat()
      if (failures.length === 0 || failures.some(({ code }) => code !== DUPLICATE_KEY)) throw error
      return failures.map(({ index }) => additions[index]!)
    }
  }

  return {
    async add(buckets) {
      let left = buckets.map(addition)
      for (let tries = 1; left.length > 0 && tries <= MAX_TRIES; tries++) left = await write(left)
      if (left.length > 0)
        throw new HubError('STORE_UNAVAILABLE', { detail: 'Too many write the same minute.' })
    },
    async read({ from, to, series }) {
      const within = { minute: { $gte: from, $lt: to } }
      const filter = series === undefined ? within : { series: { $eq: series }, ...within }
      const rows = await stats.find(filter).sort({ minute: 1, series: 1 }).limit(MAX_READ).toArray()
      return rows.map(bucketOf)
    },
  }
}
