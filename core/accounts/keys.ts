import type { Role, Store, StoredKey } from '../contracts/store.ts'
import { HubError } from '../errors/hub-error.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Principal } from './roles.ts'
import { digestOf, newKeyId, newSecret, type RandomBytes } from './secrets.ts'

export interface KeysDeps {
  store: Pick<Store, 'keys'>
  random: RandomBytes
  clock: Clock
}

export interface NewKey {
  role: Role
  label?: string
  tenant?: string
  expiresAt?: number
}

export interface Keys {
  /** The secret is returned here and never again. A merchant's key needs a tenant. */
  create(key: NewKey): Promise<{ id: string; key: string }>
  /** Null for a secret that is unknown, revoked, expired or of another kind. */
  verify(secret: string, kind?: 'api' | 'session'): Promise<Principal | null>
  list(): Promise<Omit<StoredKey, 'digest'>[]>
  /** False if there is no such key or it is revoked already. */
  revoke(id: string): Promise<boolean>
}

/** How long another process's revocation may go unnoticed; in this process it counts at once. */
const CACHE_MS = 5_000
const CACHE_SIZE = 1_000

/** API keys and the verification of sessions: digests in the store, answers cached for a moment. */
export function createKeys({ store, random, clock }: KeysDeps): Keys {
  const cache = new Map<string, { kind: StoredKey['kind']; principal: Principal; until: number }>()

  return {
    async create({ role, label, tenant, expiresAt }) {
      if (role === 'merchant' && !tenant)
        throw new HubError('INPUT_INVALID', { detail: 'A merchant key needs a tenant.' })
      const id = newKeyId(random)
      const key = newSecret('api', random)
      await store.keys.put({
        id,
        kind: 'api',
        role,
        tenant,
        label,
        digest: digestOf(key),
        createdAt: clock.now(),
        expiresAt,
      })
      return { id, key }
    },

    async verify(secret, kind = 'api') {
      const now = clock.now()
      const digest = digestOf(secret)
      const cached = cache.get(digest)
      if (cached && cached.until > now) return cached.kind === kind ? cached.principal : null
      cache.delete(digest)
      const stored = await store.keys.find(digest, now)
      if (stored?.kind !== kind) return null
      const principal = principalOf(stored)
      if (cache.size >= CACHE_SIZE) cache.delete(cache.keys().next().value!)
      cache.set(digest, {
        kind,
        principal,
        until: Math.min(now + CACHE_MS, stored.expiresAt ?? Number.POSITIVE_INFINITY),
      })
      return principal
    },

    async list() {
      const keys = await store.keys.list('api')
      return keys.map(({ digest: _, ...key }) => key)
    },

    async revoke(id) {
      const revoked = await store.keys.revoke(id, clock.now())
      for (const [digest, { principal }] of cache) if (principal.id === id) cache.delete(digest)
      return revoked
    },
  }
}

const principalOf = ({ id, role, tenant, label }: StoredKey): Principal => ({ id, role, tenant, label })
