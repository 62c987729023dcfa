import type { DriftFinding } from '../contracts/store.ts'

/** Both added up. Whichever comes first, the same stands there at the end: of two equally new samples the greater one stays. */
export function mergeFindings(stored: DriftFinding, added: DriftFinding): DriftFinding {
  const newest = isNewer(added, stored) ? added : stored
  return {
    ...newest,
    count: stored.count + added.count,
    firstAt: Math.min(stored.firstAt, added.firstAt),
  }
}

function isNewer(a: DriftFinding, b: DriftFinding): boolean {
  if (a.lastAt !== b.lastAt) return a.lastAt > b.lastAt
  if (a.message !== b.message) return a.message > b.message
  return a.sample > b.sample
}
