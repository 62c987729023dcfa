import type { Document } from 'mongodb'
import type { Claim } from '../../contracts/store.ts'
import { ATTEMPTS_KEPT } from '../work-rules.ts'
import type { Stored } from './table.ts'

/** `claimed` of the work rules as one update, so that a claim needs no read before it; `also` are members of the noun. */
export const claimUpdate = ({ token, now, until }: Claim, also: Document = {}): Document[] => [
  {
    $set: {
      state: 'pending',
      claims: { $add: ['$claims', 1] },
      claimToken: { $literal: token },
      readyAt: { $literal: until },
      attempts: { $slice: [{ $concatArrays: ['$attempts', [{ at: { $literal: now } }]] }, -ATTEMPTS_KEPT] },
      version: { $add: ['$version', 1] },
      ...also,
    },
  },
]

const MAX_HELD = 5_000

/** What this process has claimed, as it was stored then: settling it needs no read if nobody wrote meanwhile. */
export class HeldClaims<T extends { id: string; claimToken?: string }> {
  readonly #held = new Map<string, Stored<T>>()

  keep(stored: Stored<T>): void {
    const [oldest] = this.#held.keys()
    if (oldest !== undefined && this.#held.size >= MAX_HELD) this.#held.delete(oldest)
    this.#held.set(stored.record.id, stored)
  }

  take(id: string, token: string): Stored<T> | null {
    const held = this.#held.get(id)
    if (held?.record.claimToken !== token) return null
    this.#held.delete(id)
    return held
  }
}
