import { HubError } from '../errors/hub-error.ts'
import type { Clock } from '../kernel/clock.ts'
import type { BucketRef, Buckets, Lesson, Rank, TakeRequest } from './shared-state.ts'
import { WaitingLine } from './waiting-line.ts'

/**
 * What a partner lets one account do, shared by all who call it. A call asks before it is sent and tells afterwards what
 * the partner answered.
 */
export interface RateBudget {
  /**
   * Resolves with what was taken, once the account can pay it; in order of arrival within a rank. Rejects with
   * `BUDGET_SPENT` (and when to come again) if that would take longer than `patienceMs`, and with `SHUTDOWN` when the
   * signal aborts: then nothing was taken.
   */
  take(call: BudgetCall): Promise<number>
  learn(lesson: Lesson): Promise<void>
}

export interface BudgetCall extends BucketRef {
  operation: string
  cost: number
  /** As of messages and deliveries: below 20 an order, below 30 stock, below 40 catalogue, else backfill. */
  priority: number
  signal?: AbortSignal
  patienceMs?: number
}

export interface RateBudgetOptions {
  buckets: Buckets
  clock: Clock
  random: () => number
}

/** A worker is not held longer than this: the engine waits better, because its waiting costs a row in the store only. */
const PATIENCE_MS = 20_000

/** Share of the bucket that each rank leaves to those before it. Orders may take the last token. */
const FLOORS = [0, 0.1, 0.25, 0.4] as const

/** So that processes who wait for the same tokens do not ask in the same moment. */
const SPREAD = 0.05

export function createRateBudget({ buckets, clock, random }: RateBudgetOptions): RateBudget {
  const lines = new Map<string, WaitingLine>()

  /** Only the first of a line asks, so a process with a thousand waiters costs no more than one with a single waiter. */
  function lineOf({ account, bucket }: BucketRef, rank: Rank): WaitingLine {
    const key = lineKey({ account, bucket }, rank)
    const line = lines.get(key) ?? new WaitingLine(clock, () => lines.delete(key))
    lines.set(key, line)
    return line
  }

  async function ask(request: TakeRequest, dueBy: number, pause: (ms: number) => Promise<void>) {
    for (;;) {
      const { waitMs, cost } = await buckets.take(request)
      if (waitMs === 0) return cost
      if (clock.now() + waitMs > dueBy) throw new HubError('BUDGET_SPENT', { retryAfterMs: waitMs })
      await pause(Math.ceil(waitMs + random() * waitMs * SPREAD))
    }
  }

  return {
    take({ priority, signal, patienceMs = PATIENCE_MS, ...call }) {
      const rank = rankOf(priority)
      const dueBy = clock.now() + patienceMs
      const request: TakeRequest = { ...call, rank, floor: FLOORS[rank] }
      return lineOf(call, rank).inTurn(pause => ask(request, dueBy, pause), { dueBy, signal })
    },
    async learn(lesson) {
      await buckets.learn(lesson)
      // What came back may pay for someone who was told to wait longer.
      if ((lesson.charged ?? lesson.taken) >= lesson.taken) return
      for (const rank of RANKS) lines.get(lineKey(lesson, rank))?.wake()
    },
  }
}

const RANKS = [0, 1, 2, 3] as const

const lineKey = ({ account, bucket }: Pick<BucketRef, 'account' | 'bucket'>, rank: Rank) =>
  JSON.stringify([account, bucket, rank])

export const rankOf = (priority: number): Rank =>
  priority < 20 ? 0 : priority < 30 ? 1 : priority < 40 ? 2 : 3
