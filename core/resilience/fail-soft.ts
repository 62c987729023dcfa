import type { Clock } from '../kernel/clock.ts'
import type { BucketRef, Lesson, SharedState } from './shared-state.ts'

export interface FailSoftOptions {
  shared: SharedState
  /** Of this process alone; steps in while the shared one does not answer. */
  local: SharedState
  clock: Clock
  /** Once per outage. */
  onOutage(thrown: unknown): void
  onRecovery(): void
}

/** Part of a limit that one process takes for itself while it cannot ask what the others take. */
const SHARE = 0.2

/** While an outage lasts, one call in this time finds out whether it is over: the others do not wait for it. */
const ASK_AGAIN_MS = 1_000

/**
 * Nobody stops working because Redis is away: for as long, each process keeps to a share of every limit, rests by what it
 * has seen itself and locks for itself; the fence in the store still keeps the newest credentials.
 */
export function failSoft({ shared, local, clock, onOutage, onRecovery }: FailSoftOptions): SharedState {
  let askAt: number | null = null

  async function either<T>(ask: (state: SharedState) => Promise<T>, alone: () => Promise<T>): Promise<T> {
    if (askAt !== null && clock.now() < askAt) return alone()
    if (askAt !== null) askAt = clock.now() + ASK_AGAIN_MS
    try {
      const answer = await ask(shared)
      if (askAt !== null) onRecovery()
      askAt = null
      return answer
    } catch (thrown) {
      if (askAt === null) onOutage(thrown)
      askAt = clock.now() + ASK_AGAIN_MS
      return alone()
    }
  }
  const same = <T>(ask: (state: SharedState) => Promise<T>) => either(ask, () => ask(local))

  return {
    buckets: {
      take: request =>
        either(
          state => state.buckets.take(request),
          () => local.buckets.take({ ...request, ...shareOf(request) }),
        ),
      learn: lesson =>
        either(
          state => state.buckets.learn(lesson),
          () => local.buckets.learn({ ...lesson, ...shareOf(lesson), ...shareOfLesson(lesson) }),
        ),
    },
    locks: {
      acquire: (name, ttlMs) => same(({ locks }) => locks.acquire(name, ttlMs)),
      release: (name, token) => same(({ locks }) => locks.release(name, token)),
    },
    circuits: {
      open: (connection, restMs) => same(({ circuits }) => circuits.open(connection, restMs)),
      trial: (connection, ttlMs) => same(({ circuits }) => circuits.trial(connection, ttlMs)),
      close: connection => same(({ circuits }) => circuits.close(connection)),
      list: () => same(({ circuits }) => circuits.list()),
    },
    async close() {
      await shared.close()
      await local.close()
    },
  }
}

const shareOf = ({ capacity, refillPerSecond }: BucketRef) => ({
  capacity: capacity * SHARE,
  refillPerSecond: refillPerSecond * SHARE,
})

const shareOfLesson = ({
  available,
  size,
  refill,
}: Lesson): Pick<Lesson, 'available' | 'size' | 'refill'> => ({
  available: available === undefined ? undefined : available * SHARE,
  size: size === undefined ? undefined : size * SHARE,
  refill: refill === undefined ? undefined : refill * SHARE,
})
