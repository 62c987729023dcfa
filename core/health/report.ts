import type { Directory } from '../accounts/directory.ts'
import type { StatBucket, Store } from '../contracts/store.ts'
import { addLatency, emptyLatency, percentiles } from './latency.ts'
import { addCounts } from './minute-buckets.ts'
import type { ReliabilityReport, ReliabilityRow } from './snapshot-types.ts'

export interface ReportSources {
  store: Pick<Store, 'deadLetters'> & { stats: Pick<Store['stats'], 'read'> }
  directory: Pick<Directory, 'list'>
  now: number
  tenant?: string
}

/** Rows of one step stay under the store's bound of 50 000 a read for 800 series. */
const STEP_MS = 60 * 60_000

/** How reliable the hub was between two times: what a CIO asks once a month. */
export async function computeReport(
  sources: ReportSources,
  range: { from: number; to: number },
): Promise<ReliabilityReport> {
  const { store, directory, now, tenant } = sources
  const own = (await directory.list()).filter(
    connection => tenant === undefined || connection.tenant === tenant,
  )
  const sums = new Map(own.map(connection => [`connection:${connection.id}`, emptySum()]))
  for (let from = range.from; from < range.to; from += STEP_MS)
    for (const row of await store.stats.read({ from, to: Math.min(from + STEP_MS, range.to) - 1 }))
      addRow(sums.get(row.series), row)
  const open = await store.deadLetters.list({ tenant, state: 'open' }, { limit: 1 })
  const total = emptySum()
  for (const sum of sums.values()) addRow(total, sum)
  return {
    ...range,
    generatedAt: now,
    ...reliability(total),
    deadLettersOpen: open.total,
    connections: own.map(({ id, tenant, connector }) => ({
      id,
      tenant,
      connector,
      ...reliability(sums.get(`connection:${id}`) ?? emptySum()),
    })),
  }
}

type Sum = Pick<StatBucket, 'counts' | 'latency'>

const emptySum = (): Sum => ({ counts: {}, latency: emptyLatency() })

function addRow(sum: Sum | undefined, row: Sum): void {
  if (!sum) return
  addCounts(sum.counts, row.counts)
  addLatency(sum.latency, row.latency)
}

function reliability({ counts, latency }: Sum): ReliabilityRow {
  const { received = 0, confirmed = 0, failed = 0, parked = 0 } = counts
  const ended = confirmed + parked
  return {
    received,
    confirmed,
    failed,
    parked,
    successRate: ended === 0 ? null : confirmed / ended,
    latency: percentiles(latency),
  }
}
