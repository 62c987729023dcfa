import type { ErrorRow, Recovery } from '../errors/register.ts'

const SECOND = 1_000
const HOUR = 3_600 * SECOND

/**
 * Longest pause between two tries: with full jitter it averages five minutes, so that the thousand sends of an outage
 * row last longer than its three days.
 */
const CAP_MS = 600 * SECOND
const BASE_MS = SECOND / 2

/** A `wait` without a hint costs no attempt and so never grows; this is what it rests at least. */
const WAIT_FLOOR_MS = SECOND
const WAIT_SPREAD_MS = 4 * SECOND

/** What a partner asks for beyond a day is a mistake or a trick; the age budget has the last word. */
const LONGEST_ASK_MS = 24 * HOUR

/** So that everyone who was told the same time does not come back at the same time. */
const ASK_SPREAD = 0.1

type Budget = Required<Pick<ErrorRow, 'attempts' | 'hours'>>

const NONE: Budget = { attempts: 0, hours: 0 }
const ENDLESS: Budget = { attempts: Number.POSITIVE_INFINITY, hours: Number.POSITIVE_INFINITY }

/** Budget of a row that names none. What waits stays visibly pending; it is not given up by age unless its row says so. */
const DEFAULT_BUDGET: Record<Recovery, Budget> = {
  retry: { attempts: 12, hours: 24 },
  wait: ENDLESS,
  reauthorize: ENDLESS,
  park: NONE,
  skip: NONE,
  halt: NONE,
}

/**
 * Milliseconds until the next try: exponential in the failures so far, capped, with full jitter (0 up to the whole pause);
 * never before `retryAfterMs`. `random` gives [0, 1).
 */
export function nextDelayMs(
  row: ErrorRow,
  spent: number,
  random: () => number,
  retryAfterMs?: number,
): number {
  const backOff = random() * Math.min(CAP_MS, BASE_MS * 2 ** Math.max(spent, 0))
  if (retryAfterMs !== undefined && retryAfterMs > 0) {
    const asked = Math.min(retryAfterMs, LONGEST_ASK_MS)
    return Math.ceil(Math.max(backOff, asked + random() * asked * ASK_SPREAD))
  }
  if (row.recovery === 'wait') return Math.ceil(Math.max(backOff, WAIT_FLOOR_MS + random() * WAIT_SPREAD_MS))
  return Math.ceil(backOff)
}

/** True while neither the sends that failed nor the age since the work was wanted have used up the row's budget. */
export function budgetLeft(row: ErrorRow, spent: number, ageMs: number): boolean {
  const fallback = DEFAULT_BUDGET[row.recovery]
  return spent < (row.attempts ?? fallback.attempts) && ageMs < (row.hours ?? fallback.hours) * HOUR
}
