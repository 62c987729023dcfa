import type { PushResult } from '../contracts/connector.ts'

const DAY_MS = 86_400_000
const SOONEST_MS = 60_000

/** When to write it again: a tenth of its time before it ends, at most a day; absent where it does not end. */
export function dueBeforeItLapses({ lapsesAt }: PushResult, now: number): number | undefined {
  if (lapsesAt === undefined) return undefined
  const left = Math.max(lapsesAt - now, 0)
  return now + Math.max(left - Math.min(left / 10, DAY_MS), SOONEST_MS)
}
