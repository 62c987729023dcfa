import type { Clock } from '../../kernel/clock.ts'
import type { Locks } from '../shared-state.ts'

/**
 * Tokens grow with time itself, so that they still grow after the memory of them was lost (a restart, a Redis that was
 * emptied, an outage through which each process locked for itself).
 */
export function createLocks(clock: Clock): Locks {
  const held = new Map<string, { token: number; until: number }>()
  return {
    async acquire(name, ttlMs) {
      const now = clock.now()
      const { token, until } = held.get(name) ?? { token: 0, until: 0 }
      if (until > now) return { waitMs: until - now }
      const next = Math.max(token + 1, now)
      held.set(name, { token: next, until: now + ttlMs })
      return { token: next }
    },
    async release(name, token) {
      const lock = held.get(name)
      if (lock?.token === token) lock.until = 0
    },
  }
}
