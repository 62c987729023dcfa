import type { Stats } from '../contracts/store.ts'
import type { Clock } from '../kernel/clock.ts'
import { computeSnapshot, type SnapshotSources } from './compute-snapshot.ts'
import type { Breakers } from './connection-health.ts'
import { MinuteWindow } from './minute-window.ts'
import { computeReport } from './report.ts'
import type { HealthSnapshot, ReliabilityReport } from './snapshot-types.ts'
import type { HubTelemetry } from './telemetry.ts'

export interface Health {
  /** At most a second old, however many ask. With a tenant: only what belongs to it. */
  snapshot(tenant?: string): Promise<HealthSnapshot>
  report(range: { from: number; to: number }, tenant?: string): Promise<ReliabilityReport>
  /** Calls back with every new snapshot, about once a second, until the returned function is called. */
  onSnapshot(listener: (snapshot: HealthSnapshot) => void, tenant?: string): () => void
}

export interface HealthOptions extends Omit<SnapshotSources, 'window' | 'store' | 'breakers'> {
  store: SnapshotSources['store'] & { stats: Pick<Stats, 'read'> }
  telemetry: Pick<HubTelemetry, 'log'>
  clock: Clock
  breakers?: Breakers
}

const INTERVAL_MS = 1_000

/** A picture that takes long to compute is computed less often: never more than a tenth of the time. */
const REST_FACTOR = 10

interface Cached {
  at: number
  restUntil: number
  value?: Promise<HealthSnapshot>
  suspect: number
}

export function createHealth(options: HealthOptions): Health {
  const { clock, store, directory, telemetry } = options
  const breakers = options.breakers ?? { openUntil: () => null }
  const sources: SnapshotSources = { ...options, breakers, window: new MinuteWindow(store.stats) }
  const cache = new Map<string, Cached>()

  const compute = async (entry: Cached, suspect: number, tenant?: string): Promise<HealthSnapshot> => {
    const computed = await computeSnapshot(sources, { now: entry.at, tenant, suspect })
    const done = clock.now()
    entry.restUntil = Math.max(entry.at + INTERVAL_MS, done + (done - entry.at) * REST_FACTOR)
    entry.suspect = computed.suspect
    return computed.snapshot
  }

  const snapshot = (tenant?: string): Promise<HealthSnapshot> => {
    const key = tenant ?? ''
    const now = clock.now()
    const known = cache.get(key)
    if (known?.value && now < known.restUntil) return known.value
    const entry: Cached = { at: now, restUntil: Number.POSITIVE_INFINITY, suspect: 0 }
    cache.set(key, entry)
    entry.value = compute(entry, known?.suspect ?? Number.POSITIVE_INFINITY, tenant)
    entry.value.catch(() => cache.delete(key))
    return entry.value
  }

  return {
    snapshot,
    report: (range, tenant) => computeReport({ store, directory, now: clock.now(), tenant }, range),
    onSnapshot: (listener, tenant) =>
      everySecond(clock, async lastSeen => {
        try {
          const next = await snapshot(tenant)
          if (next.generatedAt > lastSeen.at) listener(next)
          lastSeen.at = next.generatedAt
        } catch (error) {
          telemetry.log('warn', 'health snapshot failed', { error })
        }
      }),
  }
}

/** Runs at once and then a second after each end, so that a slow picture is never asked for twice at a time. */
function everySecond(clock: Clock, run: (lastSeen: { at: number }) => Promise<void>): () => void {
  const lastSeen = { at: Number.NEGATIVE_INFINITY }
  let stopped = false
  let cancel = (): void => undefined
  const tick = async (): Promise<void> => {
    if (stopped) return
    await run(lastSeen)
    if (!stopped) cancel = clock.timer(INTERVAL_MS, () => void tick())
  }
  void tick()
  return () => {
    stopped = true
    cancel()
  }
}
