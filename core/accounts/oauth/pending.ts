import type { Role, Store } from '../../contracts/store.ts'
import { HubError } from '../../errors/hub-error.ts'
import type { Clock } from '../../kernel/clock.ts'
import { digestOf, newKeyId, newSecret, type RandomBytes } from '../secrets.ts'
import type { Vault } from '../vault.ts'

/** A merchant's agreement under way: who asked for it, and what becomes of it. */
export interface Pending {
  tenant: string
  connector: string
  connection: string
  settings: Record<string, unknown>
  /** An invitation opens the partner's page; an agreement is what the partner brings back. */
  stage: 'invitation' | 'agreement'
  /** Digest of a secret that only the browser has which was sent to the partner. */
  browser?: string
  /** RFC 7636. */
  verifier?: string
  actor: { id: string; role: Role; tenant?: string }
}

export interface Pendings {
  /** The secret stands for it in an address; the store knows its digest only. */
  open(pending: Pending, lifeMs: number): Promise<{ secret: string; expiresAt: number }>
  /** Once, before its end, and for what it was opened for; else `OAUTH_STATE_INVALID`. */
  take(secret: string, expected: Pick<Pending, 'connector' | 'stage'>): Promise<Pending>
  /** Opened, and neither taken nor at its end. */
  isOpen(secret: string): Promise<boolean>
}

export interface PendingsDeps {
  store: Pick<Store, 'keys'>
  vault: Vault
  random: RandomBytes
  clock: Clock
}

export function createPendings({ store, vault, random, clock }: PendingsDeps): Pendings {
  const find = (secret: string) => store.keys.find(digestOf(secret), clock.now())

  return {
    async open(pending, lifeMs) {
      const id = newKeyId(random)
      const secret = newSecret('connect', random)
      const createdAt = clock.now()
      const expiresAt = createdAt + lifeMs
      await store.keys.put({
        ...{ id, kind: 'connect', role: pending.actor.role, tenant: pending.tenant },
        ...{ digest: digestOf(secret), createdAt, expiresAt },
        label: vault.seal('connect', id, JSON.stringify(pending)),
      })
      return { secret, expiresAt }
    },

    async take(secret, { connector, stage }) {
      const key = await find(secret)
      if (key?.kind !== 'connect') throw invalid('it is unknown, used or expired')
      const pending = JSON.parse(vault.open('connect', key.id, key.label ?? '')) as Pending
      if (pending.connector !== connector || pending.stage !== stage)
        throw invalid('it is for something else')
      // Revoking is what makes it one-time: of two that bring the same only one gets `true`.
      if (!(await store.keys.revoke(key.id, clock.now()))) throw invalid('it was used just now')
      return pending
    },

    isOpen: async secret => (await find(secret))?.kind === 'connect',
  }
}

const invalid = (why: string): HubError =>
  new HubError('OAUTH_STATE_INVALID', { detail: `The link does not hold: ${why}.` })
