import type { Principal } from '../accounts/roles.ts'
import type { DeadLetter, DeadLetterFilter, Store } from '../contracts/store.ts'
import { HubError } from '../errors/hub-error.ts'
import { replayLetter } from './replay.ts'
import type { SubjectDeps } from './subject.ts'

export interface ReplayOptions {
  /** Counts only. */
  dryRun?: boolean
  /** How many become due in a second. */
  ratePerSecond?: number
}

export interface ReplayReport {
  /** Open letters that matched when it began. */
  matched: number
  replayed: number
  /** Solved, taken by a worker or closed by somebody else meanwhile. */
  skipped: number
  /** Open letters beyond the bound of one call: call again. */
  remaining: number
  /** When the last of them becomes due, epoch milliseconds. */
  lastDueAt: number | null
}

const PAGE = 100
const MOST = 10_000
const DEFAULT_RATE = 20

/**
 * Replays every open letter of a filter. The rate is kept by spreading the times at which the work becomes due, in the
 * store: nothing runs in the background, so nothing is lost when the process ends.
 */
export async function replayWhere(
  deps: SubjectDeps,
  filter: Omit<DeadLetterFilter, 'state'>,
  { actor, dryRun = false, ratePerSecond = DEFAULT_RATE }: ReplayOptions & { actor: Principal },
): Promise<ReplayReport> {
  if (!(ratePerSecond > 0))
    throw new HubError('INPUT_INVALID', { detail: '`ratePerSecond` must be more than 0.' })
  const open = { ...filter, ...(actor.tenant ? { tenant: actor.tenant } : {}), state: 'open' as const }
  const { total: matched } = await deps.store.deadLetters.list(open, { limit: 1 })
  const report: ReplayReport = { matched, replayed: 0, skipped: 0, remaining: matched, lastDueAt: null }
  if (dryRun) return report

  // Collected before the first one changes: closing letters must not move the pages under the reader.
  const letters = await collect(deps.store, open)
  const start = deps.clock.now()
  for (let from = 0; from < letters.length; from += PAGE) {
    const page = letters.slice(from, from + PAGE)
    const dueAt = (index: number) => start + Math.floor(((from + index) * 1_000) / ratePerSecond)
    const done = await Promise.all(
      page.map((letter, index) => tryReplay(deps, letter, { actor, at: dueAt(index) })),
    )
    const replayed = done.filter(Boolean).length
    report.replayed += replayed
    report.skipped += page.length - replayed
    report.lastDueAt = dueAt(page.length - 1)
  }
  report.remaining = Math.max(0, matched - letters.length)
  return report
}

async function collect(store: Store, filter: DeadLetterFilter): Promise<DeadLetter[]> {
  const letters: DeadLetter[] = []
  let after: string | undefined
  do {
    const page = await store.deadLetters.list(filter, { limit: 1_000, after })
    letters.push(...page.items)
    after = page.next ?? undefined
  } while (after && letters.length < MOST)
  return letters.slice(0, MOST)
}

/** One letter that cannot be replayed stops itself, not the others. */
async function tryReplay(
  deps: SubjectDeps,
  letter: DeadLetter,
  replay: { actor: Principal; at: number },
): Promise<boolean> {
  try {
    return (await replayLetter(deps, letter, replay)) === 'replayed'
  } catch (thrown) {
    if (thrown instanceof HubError && thrown.code === 'STATE_CONFLICT') return false
    throw thrown
  }
}
