import type { Clock } from '../../kernel/clock.ts'
import type { Circuits } from '../shared-state.ts'

export function createCircuits(clock: Clock): Circuits {
  const until = new Map<string, number>()
  /** Whose trial is under way: a longer rest that stands stays, a trial does not. */
  const tried = new Set<string>()
  return {
    async open(connection, restMs) {
      const standing = tried.delete(connection) ? 0 : (until.get(connection) ?? 0)
      until.set(connection, Math.max(standing, clock.now() + restMs))
    },
    async trial(connection, ttlMs) {
      const rest = until.get(connection)
      if (rest === undefined) return true
      if (rest > clock.now()) return false
      until.set(connection, clock.now() + ttlMs)
      tried.add(connection)
      return true
    },
    async close(connection) {
      until.delete(connection)
      tried.delete(connection)
    },
    list: async () => new Map([...until].map(([id, rest]) => [id, Math.max(0, rest - clock.now())])),
  }
}
